using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Search;

namespace LogScalePaging.Export.Schedules;

/// <summary>Counts events that arrived after the look-back window: the server has more of them in a past hour than the outputs.</summary>
/// <param name="connection">The server.</param>
/// <param name="request">The search of the schedule.</param>
/// <param name="signals">The log that receives signals.</param>
internal sealed class LateWatch(SearchConnection connection, SearchRequest request, SignalLog signals)
{
    private static readonly TimeSpan s_always = TimeSpan.FromHours(24);

    /// <summary>Compares the watched hours with the server: the last 24 of them, or all.</summary>
    /// <param name="hours">The hours, in their order.</param>
    /// <param name="end">End of the last one.</param>
    /// <param name="atEnd">Known events at exactly this time. A server with inclusive ranges counts them too.</param>
    /// <param name="all">Whether all hours are compared.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The hours with the events that were found, and how many these are; null if the server could not count.</returns>
    public async Task<(IReadOnlyList<WatchedHour> Hours, long TooLate)?> FindAsync(
        IReadOnlyList<WatchedHour> hours, long end, long atEnd, bool all, CancellationToken cancellationToken)
    {
        var first = all ? 0 : hours.TakeWhile(h => h.Start < end - (long)s_always.TotalMilliseconds).Count();
        if (first == hours.Count || request.NoVerify)
            return (hours, 0);
        try
        {
            var found = hours.ToArray();
            await PlaceAsync(found, first, found.Length, end, atEnd, cancellationToken).ConfigureAwait(false);
            return (found, found.Sum(h => h.Count) - hours.Sum(h => h.Count));
        }
        catch (PagingException e)
        {
            // The events of the step are useful without this count. The next run counts again.
            signals.Warn(SignalKind.CountFailed,
                $"events that arrived after the look-back window could not be counted: {Printable.Line(e.Message)}");
            return null;
        }
    }

    // If the server has more events in these hours, each half of them is counted.
    private async Task PlaceAsync(WatchedHour[] hours, int from, int to, long end, long atEnd, CancellationToken cancellationToken)
    {
        var until = to < hours.Length ? hours[to].Start : end;
        var known = hours.Skip(from).Take(to - from).Sum(h => h.Count);
        var more = await CountAsync(hours[from].Start, until, cancellationToken).ConfigureAwait(false) - known - (to == hours.Length
            ? atEnd
            : 0);
        if (more <= 0)
            return;
        if (to - from > 1)
        {
            var middle = (from + to) / 2;
            await PlaceAsync(hours, from, middle, end, atEnd, cancellationToken).ConfigureAwait(false);
            await PlaceAsync(hours, middle, to, end, atEnd, cancellationToken).ConfigureAwait(false);
            return;
        }
        hours[from] = hours[from] with { Count = hours[from].Count + more };
        signals.Warn(SignalKind.LateArrival, FormattableString.Invariant($"{more:N0} {(more == 1 ? "event" : "events")} from ")
            + $"{UtcTime.Iso(hours[from].Start)} to {UtcTime.Iso(until)} arrived after the look-back window "
            + $"and {(more == 1 ? "is" : "are")} in no "
            + "output. Export this range again to get them, and use a longer -Lookback (--lookback)", more);
    }

    // A count that the server questions can hide late events.
    private async Task<long> CountAsync(long start, long end, CancellationToken cancellationToken) =>
        (await RangeCount.TakeAsync(connection, request.Over(start, end), signals, cancellationToken).ConfigureAwait(false))
            .Proven("the watched hours");
}
