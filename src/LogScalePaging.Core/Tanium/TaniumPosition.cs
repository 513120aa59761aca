using System.Globalization;
using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Tanium;

/// <summary>Where a walk stands, as the strategy thinks of it. A checkpoint keeps it as a <see cref="PagePosition"/>.</summary>
internal sealed record TaniumPosition
{
    private static readonly string[] s_names = ["base", "check", "cursor", "pass", "refresh"];

    /// <summary>The cursor that the next page lies behind or before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>
    /// The cursor with which the collection is refreshed before its first page is read; empty while it is not known. Null for no refresh.
    /// </summary>
    public string? Refresh { get; init; }

    /// <summary>How often the total is being read again, from 1; null where a page is read.</summary>
    public int? Check { get; init; }

    /// <summary>How often the walk began again.</summary>
    public int Pass { get; init; }

    /// <summary>Records that were received when the walk began again; null before that.</summary>
    public long? Base { get; init; }

    /// <summary>Reads a position.</summary>
    /// <exception cref="FormatException">The strategy does not write such a position.</exception>
    public static TaniumPosition Of(PagePosition position)
    {
        if (position.Values.Keys.FirstOrDefault(name => !s_names.Contains(name)) is { } unknown)
            throw new FormatException($"The position has an unknown entry '{Common.Printable.Line(unknown)}'.");
        if (position["cursor"] is "" || (position["cursor"] is not null && position["refresh"] is not null))
            throw new FormatException($"The position is not one of this search: {position}");
        return new TaniumPosition
        {
            Cursor = position["cursor"],
            Refresh = position["refresh"],
            Check = (int?)Number(position, "check"),
            Pass = (int?)Number(position, "pass") ?? 0,
            Base = Number(position, "base"),
        };
    }

    /// <summary>The position as a checkpoint keeps it.</summary>
    public PagePosition ToPagePosition() => PagePosition.Of(
        ("base", Text(Base)), ("check", Text(Check)), ("cursor", Cursor), ("pass", Pass == 0 ? null : Text(Pass)), ("refresh", Refresh));

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static long? Number(PagePosition position, string name)
    {
        if (position[name] is null)
            return null;
        var number = position.Number(name);
        return number is >= 0 and <= int.MaxValue
            ? number
            : throw new FormatException($"The position has no valid number '{name}': {position}");
    }
}
