using LogScalePaging.Common;

namespace LogScalePaging.LogScale.Queries;

/// <summary>Checks whether a range ends after its start, as far as this is known before the request.</summary>
internal static class QueryRange
{
    // The server and this machine have different clocks. An absolute and a relative time within this distance are not compared here.
    private static readonly TimeSpan s_clocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>Why no event can be in the range; null if one can, or if only the server knows.</summary>
    /// <param name="start">Its start.</param>
    /// <param name="end">Its end.</param>
    /// <param name="time">This machine's clock, for an absolute time and a relative one; null to leave those to the server.</param>
    public static string? WhyEmpty(QueryTime start, QueryTime end, TimeProvider? time)
    {
        if (start.Milliseconds is { } from && end.Milliseconds is { } to)
            return from >= to ? $"{NotBefore(start, end)}. Use an earlier start or a later end." : null;
        var (startAge, endAge) = (Age(start), Age(end));
        if (startAge is { } s && endAge is { } e)
            return IsEmpty(s, e) ? $"{NotBefore(start, end)}. Both are counted back from now, so the start must be the longer time." : null;
        if (time is null)
            return null;
        var now = time.GetUtcNow();
        var gap = startAge is { } known
            ? end.Milliseconds is { } until ? now.ToUnixTimeMilliseconds() - known.Longest - until : null
            : endAge is { } age && start.Milliseconds is { } since ? since - (now.ToUnixTimeMilliseconds() - age.Shortest) : (double?)null;
        return gap >= s_clocksDiffer.TotalMilliseconds
            ? $"{NotBefore(start, end)}. This machine's clock says {UtcTime.Iso(now.ToUnixTimeMilliseconds())}. Use an earlier start "
                + "or a later end."
            : null;
    }

    private static RelativeTime? Age(QueryTime time) => time.Relative is { } text ? RelativeTime.Read(text) : null;

    // The lengths of two and three months are not known, but it is known which is longer. So both readings must agree.
    private static bool IsEmpty(RelativeTime start, RelativeTime end) => start.Shortest <= end.Shortest && start.Longest <= end.Longest;

    private static string NotBefore(QueryTime start, QueryTime end) =>
        $"The start '{Printable.Line(start.ToString())}' is not before the end '{Printable.Line(end.ToString())}', so no event can match";
}
