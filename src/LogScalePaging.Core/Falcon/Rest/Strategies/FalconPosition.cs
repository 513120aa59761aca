using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Falcon.Rest.Strategies;

/// <summary>The position of a walk, in the form that the strategy uses. A checkpoint has it as a <see cref="PagePosition"/>.</summary>
internal sealed record FalconPosition
{
    private static readonly string[] s_names = ["at", "base", "by", "check", "key", "last", "pass", "token", "via"];

    /// <summary>Records to skip; null for a token or a first page.</summary>
    public long? At { get; init; }

    /// <summary>
    /// Id of the record before <see cref="At"/>, with which the next page begins. If the page begins with another record, records were
    /// removed and later ones moved to earlier positions. Null without this check.
    /// </summary>
    public string? Last { get; init; }

    /// <summary>The token of the next page.</summary>
    public string? Token { get; init; }

    /// <summary>The <see cref="Continuation"/> of an endpoint that is not in the table. Its first answer shows it.</summary>
    public string? By { get; init; }

    /// <summary>The endpoint that is read instead of the requested one, because the requested one has a window.</summary>
    public string? Via { get; init; }

    /// <summary>The last value of the key by which the walk continues past a window; empty at the beginning.</summary>
    public string? Key { get; init; }

    /// <summary>Number of the current repetition of the total, from 1; null while a page is read.</summary>
    public int? Check { get; init; }

    /// <summary>How often the walk started again.</summary>
    public int Pass { get; init; }

    /// <summary>Records received before the walk started again; null if it did not start again.</summary>
    public long? Base { get; init; }

    /// <summary>Reads a position.</summary>
    /// <exception cref="FormatException">The strategy cannot have written this position.</exception>
    public static FalconPosition Of(PagePosition position)
    {
        position.EnsureOnly(s_names);
        if (position["token"] is "" || (position["by"] is { } by && Continuation.Find(by) is null) || (position["via"] is { } via
            && !FalconRequest.KnownEndpoints.Contains(via)))
            throw new FormatException($"The position is not one of this search: {position}");
        return new FalconPosition
        {
            At = position.Count("at"),
            Token = position["token"],
            By = position["by"],
            Via = position["via"],
            Key = position["key"],
            Last = position["last"],
            Check = (int?)position.Count("check"),
            Pass = (int?)position.Count("pass") ?? 0,
            Base = position.Count("base"),
        };
    }

    /// <summary>The position as a checkpoint has it.</summary>
    public PagePosition ToPagePosition() => PagePosition.Of(
        ("at", PagePosition.Text(At)), ("base", PagePosition.Text(Base)), ("by", By), ("check", PagePosition.Text(Check)), ("key", Key),
        ("last", Last), ("pass", Pass == 0 ? null : PagePosition.Text(Pass)), ("token", Token), ("via", Via));
}
