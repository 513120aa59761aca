using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Query.RowSets;

/// <summary>Finds the events around an anchor. Behaviour that no public recording shows is a setting.</summary>
internal static class AroundRows
{
    /// <param name="hasMore">What the job says about more events; null if nothing.</param>
    /// <exception cref="QueryException">The anchor is missing, and the settings say that this is an error.</exception>
    public static Rows Find(MatchSet matches, EventIndex index, TimeRange range, Around around, SimulatorOptions options, out bool? hasMore)
    {
        var anchor = index.Find(around.EventId, around.Timestamp);
        var at = anchor < 0 ? 0 : matches.CountBefore(anchor);
        var isMatch = anchor >= 0 && at < matches.Count && matches[at] == anchor;
        if (!isMatch && options.AroundMissingAnchor != AroundMissingAnchor.ByTimestamp)
        {
            hasMore = Say(options, false);
            return options.AroundMissingAnchor == AroundMissingAnchor.Empty ? Rows.None
                : throw new QueryException($"The event {around.EventId} was not found");
        }
        if (anchor < 0)
            at = matches.CountBefore(index.FirstBefore(around.Timestamp, orAt: true));

        // Matches are sorted newest first: older events are after the anchor, newer ones before it.
        var older = isMatch ? at + 1 : at;
        int low = 0, high = matches.Count;
        if (options.AroundClips)
        {
            low = matches.CountBefore(index.FirstBefore(range.End, orAt: range.EndInclusive));
            high = matches.CountBefore(index.FirstBefore(range.Start, orAt: false));
        }
        var before = Math.Min(around.Before, options.AroundMax);
        var after = Math.Min(around.After, options.AroundMax);
        var repeat = isMatch && options.AroundRepeatsAnchor && at >= low && at < high;
        if (repeat && options.AroundAnchorCountsTowardsLimit)
            before = Math.Max(0, before - 1);

        var from = Clamp((long)at - after, low, high);
        var newerEnd = Clamp(at, low, high);
        var olderFrom = Clamp(older, low, high);
        var to = Clamp((long)older + before, low, high);
        to = Math.Max(to, olderFrom);
        hasMore = Say(options, (before > 0 && to < high) || (after > 0 && from > low));

        var gap = isMatch && !repeat;
        var rows = !gap || newerEnd == from ? new StoredRows(index, matches, gap ? olderFrom : from, to - (gap ? olderFrom : from))
            : new StoredRows(index, matches, from, to - from).Pick(
                [.. Enumerable.Range(from, to - from).Where(i => i != at).Select(i => i - from)]);
        return options.AroundOrder == EventOrder.NewestFirst ? rows : rows.Reversed();
    }

    private static int Clamp(long value, int low, int high) => (int)Math.Max(low, Math.Min(high, value));

    private static bool? Say(SimulatorOptions options, bool truth) => options.AroundHasMore switch
    {
        AroundHasMoreMode.Honest => truth,
        AroundHasMoreMode.AlwaysFalse => false,
        _ => null,
    };
}
