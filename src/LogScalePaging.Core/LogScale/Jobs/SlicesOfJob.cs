using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>Reads the pages of one finished job. The first page may have been received already.</summary>
internal sealed class SlicesOfJob(QueryJobRunner runner, string jobId, QueryResult? first) : IPageSource<PollOptions, QueryResult>
{
    private QueryResult? _first = first;

    public async Task<QueryResult> FetchAsync(PollOptions request, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _first, null) is { } known && request.Offset == 0)
            return known;
        return await runner.PollAsync(jobId, request, cancellationToken).ConfigureAwait(false);
    }
}
