namespace LogScalePaging.Export.Schedules;

/// <summary>
/// Events of a past hour that are in outputs of a schedule, or were reported as too late. If the server counts more, an event arrived after
/// the look-back window.
/// </summary>
/// <param name="Start">Start of the hour in epoch milliseconds. The first hour of a schedule begins where the schedule begins.</param>
/// <param name="Count">The number of events.</param>
internal sealed record WatchedHour(long Start, long Count)
{
    /// <summary>How long the past is watched.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private const long Hour = 3_600_000;

    /// <summary>The hours up to a time, with more events in them, and without hours that are no longer watched.</summary>
    /// <param name="hours">The hours so far, in their order.</param>
    /// <param name="first">Where the schedule begins.</param>
    /// <param name="end">The time up to which the past is watched.</param>
    /// <param name="added">Times of events before it that are added, with the number of events of each.</param>
    public static IReadOnlyList<WatchedHour> Until(
        IReadOnlyList<WatchedHour> hours, long first, long end, IEnumerable<KeyValuePair<long, long>> added)
    {
        var from = Math.Max(first, Floor(end - (long)Longest.TotalMilliseconds));
        var counts = new SortedDictionary<long, long>();
        for (var hour = from; hour < end; hour = Floor(hour) + Hour)
            counts[hour] = 0;
        foreach (var hour in hours.Where(h => counts.ContainsKey(h.Start)))
            counts[hour.Start] += hour.Count;
        foreach (var time in added.Where(t => t.Key >= from && t.Key < end))
            counts[Math.Max(Floor(time.Key), from)] += time.Value;
        return [.. counts.Select(c => new WatchedHour(c.Key, c.Value))];
    }

    private static long Floor(long time) => time - (((time % Hour) + Hour) % Hour);
}
