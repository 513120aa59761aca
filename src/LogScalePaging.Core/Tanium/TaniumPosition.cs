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
        position.EnsureOnly(s_names);
        if (position["cursor"] is "" || (position["cursor"] is not null && position["refresh"] is not null))
            throw new FormatException($"The position is not one of this search: {position}");
        return new TaniumPosition
        {
            Cursor = position["cursor"],
            Refresh = position["refresh"],
            Check = (int?)position.Count("check"),
            Pass = (int?)position.Count("pass") ?? 0,
            Base = position.Count("base"),
        };
    }

    /// <summary>The position as a checkpoint keeps it.</summary>
    public PagePosition ToPagePosition() => PagePosition.Of(
        ("base", PagePosition.Text(Base)), ("check", PagePosition.Text(Check)), ("cursor", Cursor),
        ("pass", Pass == 0 ? null : PagePosition.Text(Pass)), ("refresh", Refresh));
}
