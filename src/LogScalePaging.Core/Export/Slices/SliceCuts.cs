using LogScalePaging.Search.Windows;

namespace LogScalePaging.Export.Slices;

/// <summary>Finds the times at which a range is cut into slices of equal numbers of records. It is a pure function.</summary>
internal static class SliceCuts
{
    /// <summary>
    /// The times at which slices begin, without the start of the range. There are fewer if the records have too few times.
    /// </summary>
    /// <param name="bars">Bars in the order of time. A time without a bar has no records.</param>
    /// <param name="start">Start of the range.</param>
    /// <param name="end">End of the range.</param>
    /// <param name="slices">Number of slices.</param>
    /// <param name="grain">Cuts are multiples of this.</param>
    /// <param name="least">The smallest length of a slice.</param>
    public static IReadOnlyList<long> Of(IReadOnlyList<Bucket> bars, long start, long end, int slices, long grain, long least)
    {
        var total = bars.Sum(b => b.Count);
        var cuts = new List<long>();
        var (at, before, last) = (0, 0L, start);
        for (var slice = 1; slice < slices && at < bars.Count; slice++)
        {
            var wanted = (long)((decimal)total * slice / slices);
            // The first bar that reaches the wanted number, if all bars up to it are taken.
            while (at < bars.Count && before + bars[at].Count < wanted)
                before += bars[at++].Count;
            if (at == bars.Count)
                break;
            // Before or after this bar, whichever is nearer to the wanted number. The last bar has nothing behind it.
            var isAfter = before + bars[at].Count - wanted <= wanted - before && at + 1 < bars.Count;
            foreach (var edge in isAfter ? new[] { bars[at].End, bars[at].Start } : [bars[at].Start, bars[at].End])
            {
                var cut = Up(edge, grain);
                // Without records on one side, a slice would be empty.
                if (cut - last < least || end - cut < least || !HasRecords(bars, last, cut) || !HasRecords(bars, cut, end))
                    continue;
                cuts.Add(last = cut);
                break;
            }
        }
        return cuts;
    }

    private static bool HasRecords(IReadOnlyList<Bucket> bars, long start, long end)
    {
        var (first, after) = (0, bars.Count);
        while (first < after)
        {
            var middle = (first + after) / 2;
            if (bars[middle].End > start)
                after = middle;
            else
                first = middle + 1;
        }
        return first < bars.Count && bars[first].Start < end;
    }

    // Division rounds towards zero, which is up for a time before 1970.
    private static long Up(long time, long grain) => time % grain is var rest && rest > 0 ? time + grain - rest : time - rest;
}
