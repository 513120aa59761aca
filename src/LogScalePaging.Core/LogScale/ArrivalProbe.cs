using LogScalePaging.Records;

namespace LogScalePaging.LogScale;

/// <summary>
/// A question by ingest time whose answer is known. No public source says what <c>useIngestTime</c>, <c>ingestStart</c> and
/// <c>ingestEnd</c> do beside a range of event times, so a server is asked about events that were received before.
/// </summary>
/// <remarks>
/// The range of event times ends where the range of ingest times begins, as in the question that finds late events. A server that ignores
/// the ingest times, takes them for event times, or takes the range for one of ingest times, gives another answer.
/// </remarks>
internal sealed class ArrivalProbe
{
    private const long Second = 1_000;
    // Epoch seconds are below this number until the year 5138, and epoch milliseconds are above it since 1973.
    private const long LeastMilliseconds = 100_000_000_000;

    private readonly HashSet<string> _inside;
    private readonly HashSet<string> _outside;

    private ArrivalProbe(long start, long since, IEnumerable<string> inside, IEnumerable<string> outside) =>
        (Start, Since, _inside, _outside) =
            (start, since, new HashSet<string>(inside, StringComparer.Ordinal), new HashSet<string>(outside, StringComparer.Ordinal));

    /// <summary>Start of the range of event times.</summary>
    public long Start { get; }

    /// <summary>End of the range of event times, and start of the range of ingest times.</summary>
    public long Since { get; }

    /// <summary>The ingest time of an event in epoch milliseconds; null if it has none.</summary>
    public static long? TimeOf(in Record record) => record.IngestTimestamp is { } time && time > 0
        ? time < LeastMilliseconds ? time * Second : time
        : null;

    /// <summary>Finds a question. Both answers must occur: an event that must come, and one that must not.</summary>
    /// <param name="events">Events of a range. The events before its start do not matter.</param>
    /// <param name="start">Start of the range.</param>
    /// <returns>The question; null if the events have no such two.</returns>
    public static ArrivalProbe? Choose(IReadOnlyList<(string Id, long Time, long Arrived)> events, long start)
    {
        // A server may keep whole seconds. The events of one second then say nothing about each other.
        var grain = events.All(e => e.Arrived % Second == 0) ? Second : 1;
        foreach (var late in events.Where(e => e.Arrived - grain > e.Time).OrderByDescending(e => e.Arrived))
        {
            var since = late.Arrived - grain;
            var before = events.Where(e => e.Time >= start && e.Time < since).ToList();
            var outside = before.Where(e => e.Arrived < since - grain).Select(e => e.Id).ToList();
            if (late.Time >= start && outside.Count > 0)
                return new ArrivalProbe(start, since, before.Where(e => e.Arrived >= since + grain).Select(e => e.Id), outside);
        }
        return null;
    }

    /// <summary>Whether an answer is right. Events that arrived meanwhile can be in it.</summary>
    public bool Fits(IReadOnlyCollection<string> ids) => _inside.All(ids.Contains) && !ids.Any(_outside.Contains);
}
