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
    /// <summary>Compares the watched hours with the server.</summary>
    /// <param name="hours">The hours, in their order.</param>
    /// <param name="end">End of the last one.</param>
    /// <param name="atEnd">Known events at exactly this time. A server with inclusive ranges counts them too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The hours with the events that were found, and how many these are.</returns>
    public async Task<(IReadOnlyList<WatchedHour> Hours, long TooLate)> FindAsync(
        IReadOnlyList<WatchedHour> hours, long end, long atEnd, CancellationToken cancellationToken)
    {
        if (hours.Count == 0 || request.NoVerify)
            return (hours, 0);
        try
        {
            var more = await CountAsync(hours[0].Start, end, cancellationToken).ConfigureAwait(false) - hours.Sum(h => h.Count) - atEnd;
            return more > 0 ? await PlaceAsync(hours, end, more, cancellationToken).ConfigureAwait(false) : (hours, 0);
        }
        catch (PagingException e)
        {
            // The events of the step are useful without this count. The next run counts again.
            signals.Warn(SignalKind.CountFailed, $"events that arrived after the look-back window could not be counted: {Printable.Line(e.Message)}");
            return (hours, 0);
        }
    }

    private async Task<(IReadOnlyList<WatchedHour> Hours, long TooLate)> PlaceAsync(
        IReadOnlyList<WatchedHour> hours, long end, long more, CancellationToken cancellationToken)
    {
        var (found, placed) = (hours.ToArray(), 0L);
        for (var i = found.Length - 1; i >= 0 && placed < more; i--)
        {
            var until = i + 1 < found.Length ? found[i + 1].Start : end;
            var counted = await CountAsync(found[i].Start, until, cancellationToken).ConfigureAwait(false);
            if (counted <= found[i].Count)
                continue;
            var here = Math.Min(counted - found[i].Count, more - placed);
            placed += here;
            signals.Warn(SignalKind.LateArrival, FormattableString.Invariant($"{here:N0} {(here == 1 ? "event" : "events")} from ")
                + $"{UtcTime.Iso(found[i].Start)} to {UtcTime.Iso(until)} arrived after the look-back window and {(here == 1 ? "is" : "are")} in no "
                + "output. Export this range again to get them, and use a longer -Lookback (--lookback)", here);
            found[i] = found[i] with { Count = found[i].Count + here };
        }
        return (found, placed);
    }

    private async Task<long> CountAsync(long start, long end, CancellationToken cancellationToken)
    {
        var search = connection.Open(request.Over(start, end), signals);
        await using var _ = search.ConfigureAwait(false);
        return await search.CountAsync(cancellationToken).ConfigureAwait(false);
    }
}
