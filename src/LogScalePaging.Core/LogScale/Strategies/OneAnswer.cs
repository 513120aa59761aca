using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;

namespace LogScalePaging.LogScale.Strategies;

/// <summary>An answer that was received already, as the only page of a walk.</summary>
internal sealed class OneAnswer(QueryResult answer) : IPageSource<PollOptions, QueryResult>
{
    public Task<QueryResult> FetchAsync(PollOptions request, CancellationToken cancellationToken) => Task.FromResult(answer);
}
