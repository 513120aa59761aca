using LogScalePaging.Simulator.Query;

namespace LogScalePaging.Simulator.Jobs;

/// <summary>Converts the times of a request to ranges.</summary>
internal static class JobTimes
{
    /// <exception cref="FormatException">A time is not valid, or the range is empty. The message is for the client.</exception>
    public static TimeRange Range(CreateRequest request, QueryPlan plan, long nowMs, bool endInclusive)
    {
        (var from, var to) = plan.Interval ?? (request.Start, request.End);
        var start = Point(from, nowMs, "start");
        var end = Point(to, nowMs, "end");
        return start < end ? new TimeRange(start, end, endInclusive)
            : throw new FormatException(FormattableString.Invariant($"The start of the query ({start}) must be before its end ({end})"));
    }

    /// <summary>The range of ingestion times; null for all.</summary>
    public static TimeRange? Ingested(CreateRequest request, long nowMs)
        => request.IngestStart is null && request.IngestEnd is null ? null
            : new TimeRange(
                request.IngestStart is null ? long.MinValue : Point(request.IngestStart, nowMs, "ingestStart"),
                request.IngestEnd is null ? long.MaxValue : Point(request.IngestEnd, nowMs, "ingestEnd"),
                EndInclusive: false);

    private static long Point(string text, long nowMs, string name)
        => RequestTime.TryPoint(text, nowMs, out var time)
            ? time
            : throw new FormatException($"The {name} of the query is not a time: {text}");
}
