using LogScalePaging.Common;

namespace LogScalePaging.LogScale.Queries;

/// <summary>The events around one event, for a query job.</summary>
/// <param name="EventId">The event's <c>@id</c>.</param>
/// <param name="Timestamp">The event's <c>@timestamp</c>, epoch milliseconds.</param>
/// <param name="Before">Number of older events, 0 or more.</param>
/// <param name="After">Number of newer events, 0 or more.</param>
public sealed record AroundAnchor(string EventId, long Timestamp, int Before, int After = 0)
{
    private const long Margin = 15 * 60 * 1000;

    /// <summary>The range to search: the given ends, and 15 minutes before or after the event for an end that is not given.</summary>
    /// <param name="start">The given start; null for none.</param>
    /// <param name="end">The given end; null for none.</param>
    /// <param name="time">This machine's clock.</param>
    /// <exception cref="ArgumentException">The event is outside the given range.</exception>
    public (QueryTime Start, QueryTime End) Range(QueryTime? start, QueryTime? end, TimeProvider time)
    {
        var isOutside = (start is not null && QueryRange.WhyEmpty(start, QueryTime.At(Timestamp + 1), time) is not null)
            || (end is not null && QueryRange.WhyEmpty(QueryTime.At(Timestamp - 1), end, time) is not null);
        if (isOutside)
            throw new ArgumentException($"The time of the event, {UtcTime.Iso(Timestamp)}, is outside the range {start ?? Before15()} to "
                + $"{end ?? QueryTime.Now}. Choose a range that contains it, or leave the range out.");
        var isRecent = Timestamp + Margin >= time.GetUtcNow().ToUnixTimeMilliseconds();
        return (start ?? Before15(), end ?? (isRecent ? QueryTime.Now : QueryTime.At(Timestamp + Margin)));

        QueryTime Before15() => QueryTime.At(Math.Max(0, Timestamp - Margin));
    }
}
