using System.Globalization;
using LogScalePaging.Paging;

namespace LogScalePaging.Falcon.Rest;

/// <summary>Where a walk stands, as the strategy thinks of it. A checkpoint keeps it as a <see cref="PagePosition"/>.</summary>
internal sealed record FalconPosition
{
    private static readonly string[] s_names = ["at", "base", "by", "check", "key", "last", "pass", "token", "via"];

    /// <summary>Records to skip; null for a token or a first page.</summary>
    public long? At { get; init; }

    /// <summary>
    /// Id of the record before <see cref="At"/>: the next page begins with it. Where it does not, records before it have gone and the others
    /// moved up. Null for no such check.
    /// </summary>
    public string? Last { get; init; }

    /// <summary>The token of the next page.</summary>
    public string? Token { get; init; }

    /// <summary>The <see cref="Continuation"/> of an endpoint that is not in the table, found in its first answer.</summary>
    public string? By { get; init; }

    /// <summary>The endpoint that is read in place of the one that was asked for, because that one has a window.</summary>
    public string? Via { get; init; }

    /// <summary>The last value of the key by which the walk goes on past a window; empty at the beginning.</summary>
    public string? Key { get; init; }

    /// <summary>How often the total is being read again, from 1; null where a page is read.</summary>
    public int? Check { get; init; }

    /// <summary>How often the walk began again.</summary>
    public int Pass { get; init; }

    /// <summary>Records that were received when the walk began again at the start; null before that.</summary>
    public long? Base { get; init; }

    /// <summary>Reads a position.</summary>
    /// <exception cref="FormatException">The strategy does not write such a position.</exception>
    public static FalconPosition Of(PagePosition position)
    {
        if (position.Values.Keys.FirstOrDefault(name => !s_names.Contains(name)) is { } unknown)
            throw new FormatException($"The position has an unknown entry '{Common.Printable.Line(unknown)}'.");
        if (position["token"] is "" || (position["by"] is { } by && Continuation.Find(by) is null) || (position["via"] is { } via
            && !FalconRequest.KnownEndpoints.Contains(via)))
            throw new FormatException($"The position is not one of this search: {position}");
        return new FalconPosition
        {
            At = Number(position, "at"),
            Token = position["token"],
            By = position["by"],
            Via = position["via"],
            Key = position["key"],
            Last = position["last"],
            Check = (int?)Number(position, "check"),
            Pass = (int?)Number(position, "pass") ?? 0,
            Base = Number(position, "base"),
        };
    }

    /// <summary>The position as a checkpoint keeps it.</summary>
    public PagePosition ToPagePosition() => PagePosition.Of(
        ("at", Text(At)), ("base", Text(Base)), ("by", By), ("check", Text(Check)), ("key", Key), ("last", Last), ("pass", Pass == 0
            ? null : Text(Pass)), ("token", Token), ("via", Via));

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static long? Number(PagePosition position, string name)
    {
        if (position[name] is null)
            return null;
        var number = position.Number(name);
        return number is >= 0 and <= int.MaxValue ? number : throw new FormatException($"The position has no valid number '{name}': {position}");
    }
}
