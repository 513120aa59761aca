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

    /// <summary>The ranges that a server applies.</summary>
    /// <param name="mode">What the server makes of ingestion times.</param>
    /// <param name="range">The range of the request.</param>
    /// <param name="ingested">Its range of ingestion times; null for none.</param>
    /// <param name="useIngestTime">Its flag.</param>
    public static (TimeRange Range, TimeRange? Ingested, bool IsOfIngestion) Of(
        IngestTimeMode mode, TimeRange range, TimeRange? ingested, bool useIngestTime)
        => mode switch
        {
            IngestTimeMode.Ignored or IngestTimeMode.Refused => (range, null, false),
            IngestTimeMode.AsEventTime when ingested is { } other
                => (Both(range, other), null, false),
            IngestTimeMode.RangeIsIngested => (range, ingested, useIngestTime),
            IngestTimeMode.OnlyIngested when ingested is { } only
                => (new TimeRange(long.MinValue, long.MaxValue, EndInclusive: true), only, false),
            // The flag alone makes the range one of ingestion times.
            _ => (range, ingested, useIngestTime && ingested is null),
        };

    // An empty range ends where it begins.
    private static TimeRange Both(TimeRange one, TimeRange other)
    {
        var (start, end) = (Math.Max(one.Start, other.Start), Math.Min(one.End, other.End));
        return new TimeRange(Math.Min(start, end), end, one.EndInclusive && start <= end);
    }

    private static long Point(string text, long nowMs, string name)
        => RequestTime.TryPoint(text, nowMs, out var time)
            ? time
            : throw new FormatException($"The {name} of the query is not a time: {text}");
}
