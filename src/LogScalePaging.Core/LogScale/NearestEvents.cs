using LogScalePaging.LogScale.Queries;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale;

/// <summary>Chooses the events that are nearest to an event.</summary>
internal static class NearestEvents
{
    /// <summary>
    /// The wanted number of events on both sides of the event, and the event itself, newest first. If the query does not match the event,
    /// the
    /// events of its instant count as older.
    /// </summary>
    /// <param name="events">All events of a range, in the order of the server within one instant. A late one may come last.</param>
    /// <param name="anchor">The event.</param>
    public static IReadOnlyList<Record> Of(IReadOnlyList<Record> events, AroundAnchor anchor)
    {
        // The sort is stable.
        List<Record> sorted = [.. events.OrderByDescending(e => e.Timestamp)];
        var at = sorted.FindIndex(e => e.Id == anchor.EventId);
        var newer = at >= 0 ? at : sorted.FindIndex(e => !(e.Timestamp > anchor.Timestamp));
        if (newer < 0)
            newer = sorted.Count;
        var older = at >= 0 ? at + 1 : newer;
        var from = Math.Max(0, newer - anchor.After);
        return sorted.GetRange(from, (int)Math.Min(sorted.Count, (long)older + anchor.Before) - from);
    }
}
