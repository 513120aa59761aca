using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.Rest.Answers;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Falcon.Rest.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Proof;
using LogScalePaging.Search.Windows;
using LogScalePaging.Transport;

namespace LogScalePaging.Falcon.Rest.Slices;

/// <summary>
/// Reads a list in slices of time, several in parallel. Each slice has its own filter and its own page tokens.
/// </summary>
/// <param name="asked">The request of the user, with a time field.</param>
/// <param name="range">The pinned range in nanoseconds.</param>
/// <param name="transport">The transport.</param>
/// <param name="schema">The schema of the records.</param>
#pragma warning disable CA1001 // the semaphore has nothing to dispose, because its wait handle is never used
internal sealed class FalconSlices(FalconRequest asked, (long Start, long End) range, ApiTransport transport, RecordSchema schema)
#pragma warning restore CA1001
{
    /// <summary>Name of the strategy.</summary>
    public const string Strategy = "Slice";

    // Larger lists have larger slices, so that the requests for totals are few compared with the pages.
    private const int UsualSlices = 32;
    private const int MostPages = 4;

    private readonly SemaphoreSlim _free = new(asked.Parallel);
    private readonly SliceFilter _filter = new(asked.SliceBy!, asked.Query);
    private readonly FalconRequests _totals = new(asked, transport, schema);
    private int _isSaid;

    /// <summary>The request for the whole range in one walk.</summary>
    public FalconRequest Whole => Part(range);

    /// <summary>The slices of the search.</summary>
    /// <param name="fetcher">Fetches slices.</param>
    public WindowSource Source(SliceFetcher fetcher) => new()
    {
        Strategy = Strategy,
        PlanAsync = async token =>
        {
            var total = await SteadyTotalAsync(range, null, token).ConfigureAwait(false);
            var most = MostInSlice(total);
            var parts = await new SliceCutter(async (part, stop) =>
            {
                using var turn = await TurnAsync(stop).ConfigureAwait(false);
                return await TotalAsync(_filter.Within(part.Start, part.End), stop).ConfigureAwait(false);
            }).CutAsync(new Bucket(range.Start, range.End, total), most, token).ConfigureAwait(false);
            var windows = WindowPlanner.Plan(parts, range.Start, range.End, most);
            fetcher.Plan(windows);
            return new FetchPlan(Strategy, FormattableString.Invariant(
                $"{windows.Count:N0} {(windows.Count == 1 ? "slice" : "slices")} by {_filter.Field}, of at most about {most:N0} records"))
            {
                // Records move between slices, so each slice is counted when it is read.
                Windows = [.. windows.Select(window => window with { Planned = null })],
                IsParallel = true,
            };
        },
        Fetcher = fetcher,
        CountAsync = fetcher.CountAsync,
        Remember = fetcher.Identities.Remember,
        Ahead = asked.Parallel,
    };

    /// <summary>
    /// The total of the user's filter, without the records before and after the range. Records without the time field are in it, although
    /// they are in no slice. It is independent of the totals of the slices.
    /// </summary>
    /// <exception cref="PagingException">The totals contradict each other, or there are none.</exception>
    public Task<long> CountAsync(CancellationToken cancellationToken)
    {
        long? without = null;
        async Task<long> AskAsync()
        {
            var totals = await Task.WhenAll(
                TotalAsync(_filter.Whole, cancellationToken),
                TotalAsync(_filter.Before(range.Start), cancellationToken),
                TotalAsync(_filter.From(range.End), cancellationToken),
                TotalAsync(_filter.Within(range.Start, range.End), cancellationToken)).ConfigureAwait(false);
            var count = totals[0] - totals[1] - totals[2];
            if (count - totals[3] is > 0 and var now && now == without)
                Say(now);
            without = count - totals[3];
            return count;
        }

        return CheckedAsync(SteadyTotal.AskAsync(null, AskAsync));
    }

    /// <summary>The total of a part of the range, if two answers in a row state the same one.</summary>
    /// <param name="part">The part.</param>
    /// <param name="last">An earlier number that counts as an answer; null if there is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<long> SteadyTotalAsync((long Start, long End) part, long? last, CancellationToken cancellationToken) =>
        SteadyTotal.AskAsync(last, () => TotalAsync(_filter.Within(part.Start, part.End), cancellationToken));

    /// <summary>The requests and the strategy of a walk over one slice. Page tokens and totals are never shared between slices.</summary>
    public (FalconRequests Requests, FalconStrategy Strategy) Walk((long Start, long End) part)
    {
        var request = Part(part);
        return (new FalconRequests(request, transport, schema), new FalconStrategy(request));
    }

    /// <summary>Waits until fewer walks than allowed run in parallel. Disposing the result ends the turn.</summary>
    public async Task<IDisposable> TurnAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_free);
    }

    /// <summary>The number of records above which a slice is halved.</summary>
    internal long MostInSlice(long total)
    {
        var page = asked.PageSize ?? asked.Family.UsualPage;
        var most = Math.Min(Math.Max(total / UsualSlices, page), (long)page * MostPages);
        return Math.Min(most, asked.Family.Window ?? long.MaxValue);
    }

    private static async Task<long> CheckedAsync(Task<long> counting)
    {
        var count = await counting.ConfigureAwait(false);
        return count >= 0 ? count : throw new PagingException(PagingErrorKind.RequestFailed,
            "more records are stated before and after the range than in all, so the server may ignore the time in the filter");
    }

    private Task<long> TotalAsync(string filter, CancellationToken cancellationToken) =>
        _totals.TotalAsync(new FalconStrategy(asked with { Query = filter }).CountRequest(), cancellationToken);

    private FalconRequest Part((long Start, long End) part) =>
        asked with { Query = _filter.Within(part.Start, part.End), SortBy = asked.SliceSort };

    private void Say(long without)
    {
        if (Interlocked.Exchange(ref _isSaid, 1) == 0)
            transport.Signals.Warn(SignalKind.EmptyField, FormattableString.Invariant(
                $"{without:N0} records have no {_filter.Field}, so they are in no slice and are not read"), without);
    }

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
