using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>The order of the events in a server's answer.</summary>
internal enum AnswerOrder
{
    Unknown,
    NewestFirst,
    OldestFirst,
}

internal static class AnswerOrders
{
    /// <summary>Finds the order from the timestamps, or from the position of the anchor; unknown if neither shows it.</summary>
    public static AnswerOrder Of(IReadOnlyList<Record> events, string? anchorId)
    {
        if (events.Count < 2)
            return AnswerOrder.NewestFirst;
        var first = events[0].Timestamp;
        var last = events[events.Count - 1].Timestamp;
        if (first != last)
            return first > last ? AnswerOrder.NewestFirst : AnswerOrder.OldestFirst;
        // All events are of one instant: the anchor is the newest of them.
        if (anchorId is not null && events[0].Id == anchorId)
            return AnswerOrder.NewestFirst;
        return anchorId is not null && events[events.Count - 1].Id == anchorId ? AnswerOrder.OldestFirst : AnswerOrder.Unknown;
    }

    /// <summary>True when every event has a time and none is newer than the one before it.</summary>
    public static bool AreNewestFirst(IReadOnlyList<Record> events)
    {
        var last = long.MaxValue;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Timestamp is not { } time || time > last)
                return false;
            last = time;
        }
        return true;
    }

    /// <summary>
    /// The events newest first. Within one instant, the server's own order is kept, or reversed if it lists the oldest first. Its cursor
    /// follows this order.
    /// </summary>
    [MethodImpl(HotPath.Method)]
    public static IReadOnlyList<Record> NewestFirst(IReadOnlyList<Record> events, AnswerOrder order)
    {
        if (order == AnswerOrder.OldestFirst)
        {
            var reversed = new List<Record>(events);
            reversed.Reverse();
            events = reversed;
        }
        for (var i = 1; i < events.Count; i++)
        {
            if (events[i].Timestamp > events[i - 1].Timestamp)
                return [.. events.OrderByDescending(e => e.Timestamp)];
        }
        return events;
    }
}
