using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.Rest.Answers;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Falcon.Rest.Slices;
using LogScalePaging.Falcon.Rest.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;
using LogScalePaging.Transport;

namespace LogScalePaging.Falcon.Rest;

/// <summary>Chooses how a list is read and counted: in one walk, or in slices of time.</summary>
/// <param name="asked">The request of the user.</param>
/// <param name="transport">The transport of the search.</param>
/// <param name="schema">The schema of its records.</param>
/// <param name="signals">The log that receives signals.</param>
/// <param name="progress">Called for every page.</param>
internal sealed class FalconPlan(
    FalconRequest asked, ApiTransport transport, RecordSchema schema, SignalLog signals, Action<SearchProgress>? progress)
{
    /// <summary>Requests, reads and counts pages.</summary>
    /// <param name="identity">The list, the server and, for slices, the pinned range.</param>
    public PagedSource<FalconPageRequest, FalconPage> Source(WalkIdentity identity) =>
        identity is { RangeStart: { } start, RangeEnd: { } end } ? Sliced(identity, (start, end)) : InOneWalk(identity);

    private PagedSource<FalconPageRequest, FalconPage> InOneWalk(WalkIdentity identity)
    {
        var requests = new FalconRequests(asked, transport, schema);
        var strategy = new FalconStrategy(asked);
        return Base(identity, requests, strategy) with
        {
            Reason = $"the pages of {asked.Family.Name}",
            Count = asked.Family.HasTotal
                ? stop => requests.CountAsync(strategy.CountRequest(), stop)
                : _ => throw new PagingException(PagingErrorKind.RequestFailed, $"the answers of {asked.Path} state no total"),
            Doubts = () => FalconRequests.Doubts(requests.MissingDetails),
        };
    }

    // With a limit, the range is read in one walk, because slices after the limit would be read without use.
    private PagedSource<FalconPageRequest, FalconPage> Sliced(WalkIdentity identity, (long Start, long End) range)
    {
        var slices = new FalconSlices(asked, range, transport, schema);
        var fetcher = new SliceFetcher(slices, new PagerOptions { Identity = identity, Signals = signals, Time = transport.Time });
        var requests = new FalconRequests(slices.Whole, transport, schema);
        return Base(identity, requests, new FalconStrategy(slices.Whole, countsMore: true)) with
        {
            Reason = $"the pages of {asked.Family.Name}, in one slice by {asked.SliceBy} because of the limit",
            Count = slices.CountAsync,
            Doubts = () => FalconRequests.Doubts(requests.MissingDetails + fetcher.MissingDetails),
            Windows = asked.MaxEvents is null ? slices.Source(fetcher) : null,
            Pinned = Source,
        };
    }

    private PagedSource<FalconPageRequest, FalconPage> Base(WalkIdentity identity, FalconRequests requests, FalconStrategy strategy) =>
        new()
        {
            System = FalconRequest.SystemName,
            Identity = identity,
            Schema = schema,
            Strategy = strategy,
            Requests = requests,
            EnsureReadable = strategy.EnsureReadable,
            Signals = signals,
            Time = transport.Time,
            Progress = progress,
        };
}
