
namespace LogScalePaging.Search.Windows;

/// <summary>
/// Cuts a range into windows that fit a result buffer, by a count histogram. Pure. The histogram is only a plan: what a window
/// really holds shows when it is fetched.
/// </summary>
public static class WindowPlanner
{
    // A bar of at most a fifth of a window lets windows be filled to four fifths at the least.
    private const int BarsPerWindow = 5;

    // A window that holds more than fits is split when it is read. So a count that is wrong costs no more than some splitting.
    private const int MostEvenWindows = 100_000;

    /// <summary>How many events a window is filled with: a little less than fits, so that a few late arrivals do not overfill it.</summary>
    public static long FillOf(int capacity) => Math.Max(1, capacity - (capacity / 20));

    /// <summary>The runs of neighbouring bars that are too full to be packed well and can be looked at more closely.</summary>
    /// <param name="buckets">Bars in the order of time, without gaps between those that count.</param>
    /// <param name="capacity">Events that fit a result buffer.</param>
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
    /// <param name="buckets">Bars in the order of time; what no bar covers is taken to be empty.</param>
    /// <param name="start">Start of the range.</param>
    /// <param name="end">End of the range.</param>
    /// <param name="fill">Events that a window may hold.</param>
    public static IReadOnlyList<TimeWindow> Plan(IReadOnlyList<Bucket> buckets, long start, long end, long fill)
    {
        var windows = new List<TimeWindow>();
        long count = 0, top = end;
        for (var i = buckets.Count - 1; i >= 0; i--)
        {
            var bucket = buckets[i];
            var boundary = Math.Min(Math.Max(bucket.End, start), end);
            if (count > 0 && count + bucket.Count > fill && boundary < top)
            {
                windows.Add(new TimeWindow(boundary, top, count, windows.Count == 0));
                (top, count) = (boundary, 0);
            }
            count += bucket.Count;
        }
        // An empty stretch costs nothing: the windows beside it reach into it. Only a range without any event is one empty window.
        if (top > start || windows.Count == 0)
            windows.Add(new TimeWindow(start, top, count, windows.Count == 0));
        return windows;
    }

    /// <summary>Cuts a range into windows of equal length, newest first, where no histogram shows where its events are.</summary>
    /// <param name="start">Start of the range.</param>
    /// <param name="end">End of the range.</param>
    /// <param name="count">Events in it; null when that is not known.</param>
    /// <param name="fill">Events that a window may hold.</param>
    public static IReadOnlyList<TimeWindow> Even(long start, long end, long? count, long fill)
    {
        var pieces = Math.Max(1, Math.Min(Math.Min(end - start, MostEvenWindows), ((count ?? 0) / fill) + 1));
        var edges = Enumerable.Range(0, (int)pieces + 1).Select(i => i == pieces ? end : start + (long)((decimal)(end - start) * i / pieces)).ToArray();
        return [.. Enumerable.Range(0, (int)pieces).Reverse().Select(i => new TimeWindow(edges[i], edges[i + 1], null, i == pieces - 1))];
    }

    /// <summary>The newest windows that together are planned to hold a limit of events; all when there is none.</summary>
    public static IReadOnlyList<TimeWindow> Newest(IReadOnlyList<TimeWindow> windows, long? limit)
    {
        long count = 0;
        return limit is null ? windows : [.. windows.TakeWhile(w => (count += w.Planned ?? 0) - (w.Planned ?? 0) < limit)];
    }
}
