using LogScalePaging.Paging;

namespace LogScalePaging.LogScale;

/// <summary>Pages that are one job each: made, read, and deleted in the background while the next is being made.</summary>
internal sealed class JobPerPage(QueryJobRunner runner, JobPace pace, Action<QueryResult>? progress = null, QueryResult? first = null) : IPageSource<QueryJobSpec, QueryResult>
{
    private QueryResult? _first = first;

    public async Task<QueryResult> FetchAsync(QueryJobSpec request, CancellationToken cancellationToken)
    {
        // The first job may have run already, to pin the range.
        if (request.Around is null && Interlocked.Exchange(ref _first, null) is { } known)
            return known;
        return await runner.RunAsync(() => request, pace, progress, cancellationToken).ConfigureAwait(false);
    }
}
