
namespace LogScalePaging.Search.Windows;

/// <summary>
/// Cuts a range into windows that fit into a result buffer, with a count histogram. It is a pure function. The histogram is only a plan:
/// the actual number of events in a window is known when it is fetched.
/// </summary>
internal static class WindowPlanner
{
    // With bars of at most a fifth of a window, windows are filled to at least four fifths.
    private const int BarsPerWindow = 5;

    // A window with too many events is split when it is read, so a wrong count only costs some splitting.
    private const int MostEvenWindows = 100_000;

    /// <summary>Planned number of events in a window: a little less than fits, so that a few late arrivals do not overfill it.</summary>
    public static long FillOf(int capacity) => Math.Max(1, capacity - (capacity / 20));

    /// <summary>Groups of neighbouring bars that are too full to be packed well and can be refined.</summary>
    /// <param name="buckets">Bars in the order of time, without gaps between bars with events.</param>
    /// <param name="capacity">Events that fit into a result buffer.</param>
    public static IReadOnlyList<(long Start, long End)> TooCoarse(IReadOnlyList<Bucket> buckets, int capacity)
    {
        var runs = new List<(long Start, long End)>();
        foreach (var bucket in buckets)
        {
            if (bucket.End - bucket.Start <= 1 || bucket.Count <= Math.Max(1, capacity / BarsPerWindow))
                continue;
            if (runs.Count > 0 && runs[runs.Count - 1].End == bucket.Start)
                runs[runs.Count - 1] = (runs[runs.Count - 1].Start, bucket.End);
            else
                runs.Add((bucket.Start, bucket.End));
        }
        return runs;
    }

    /// <summary>Packs bars into windows that cover the whole range, newest first.</summary>
    /// <param name="buckets">Bars in the order of time. A time without a bar has no events.</param>
    /// <param name="start">Start of the range.</param>
    /// <param name="end">End of the range.</param>
    /// <param name="fill">Maximum number of events in a window.</param>
    /// <param name="most">
    /// Events of an instant that fit into an answer. Neighbouring instants with more are one window, because together they need the fewest
    /// pages.
    /// </param>
    public static IReadOnlyList<TimeWindow> Plan(IReadOnlyList<Bucket> buckets, long start, long end, long fill, long most = long.MaxValue)
    {
        var windows = new List<TimeWindow>();
        long count = 0, top = end;
        for (var i = buckets.Count - 1; i >= 0; i--)
        {
            var bucket = buckets[i];
            if (bucket.End - bucket.Start <= 1 && bucket.Count > most && bucket.Start >= start && bucket.End <= end)
            {
                if (count > 0)
                    windows.Add(new TimeWindow(bucket.End, top, count, windows.Count == 0));
                var last = count == 0 && windows.Count > 0 ? windows[windows.Count - 1] : null;
                if (last is { IsDense: true })
                    windows[windows.Count - 1] = last with { Start = bucket.Start, Planned = last.Planned + bucket.Count };
                else
                    windows.Add(
                        new TimeWindow(bucket.Start, count > 0 ? bucket.End : top, bucket.Count, windows.Count == 0) { IsDense = true });
                (top, count) = (bucket.Start, 0);
                continue;
            }
            var boundary = Math.Min(Math.Max(bucket.End, start), end);
            if (count > 0 && count + bucket.Count > fill && boundary < top)
            {
                windows.Add(new TimeWindow(boundary, top, count, windows.Count == 0));
                (top, count) = (boundary, 0);
            }
            count += bucket.Count;
        }
        // An empty part of the range costs nothing, because the windows next to it cover it. Only a range without events is one empty
        // window.
        if (count == 0 && windows.Count > 0 && windows[windows.Count - 1] is { IsDense: true } oldest)
            windows[windows.Count - 1] = oldest with { Start = start };
        else if (top > start || windows.Count == 0)
            windows.Add(new TimeWindow(start, top, count, windows.Count == 0));
        return windows;
    }

    /// <summary>Cuts a window that has too many events, newest part first.</summary>
    /// <param name="window">The window.</param>
    /// <param name="buckets">A histogram of it.</param>
    /// <param name="capacity">Events that fit into a result buffer.</param>
    internal static IReadOnlyList<TimeWindow> Split(TimeWindow window, IReadOnlyList<Bucket> buckets, int capacity)
    {
        var parts = Plan(buckets, window.Start, window.End, FillOf(capacity), capacity);
        return window.IsNewest ? parts : [parts[0] with { IsNewest = false }, .. parts.Skip(1)];
    }

    /// <summary>Cuts a range into windows of equal length, newest first, if there is no histogram.</summary>
    /// <param name="start">Start of the range.</param>
    /// <param name="end">End of the range.</param>
    /// <param name="count">Events in it; null if it is not known.</param>
    /// <param name="fill">Maximum number of events in a window.</param>
    public static IReadOnlyList<TimeWindow> Even(long start, long end, long? count, long fill)
    {
        var pieces = Math.Max(1, Math.Min(Math.Min(end - start, MostEvenWindows), ((count ?? 0) / fill) + 1));
        var edges = Enumerable.Range(0, (int)pieces + 1).Select(
            i => i == pieces ? end : start + (long)((decimal)(end - start) * i / pieces)).ToArray();
        return [.. Enumerable.Range(0, (int)pieces).Reverse().Select(i => new TimeWindow(edges[i], edges[i + 1], null, i == pieces - 1))];
    }

    /// <summary>The newest windows that together have the limit of events in the plan; all windows without a limit.</summary>
    public static IReadOnlyList<TimeWindow> Newest(IReadOnlyList<TimeWindow> windows, long? limit)
    {
        long count = 0;
        return limit is null ? windows : [.. windows.TakeWhile(w => (count += w.Planned ?? 0) - (w.Planned ?? 0) < limit)];
    }
}
