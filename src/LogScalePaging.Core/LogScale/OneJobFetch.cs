using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;

namespace LogScalePaging.LogScale;

/// <summary>Reads a whole range from one job: one evaluation of the query, which is the only exact one where events are compared.</summary>
/// <param name="runner">Runs the job.</param>
/// <param name="range">The range.</param>
/// <param name="proof">Its count.</param>
/// <param name="limit">Events wanted at the most; null for all.</param>
/// <param name="options">Signals, clock and identity for the pager.</param>
/// <param name="evidence">Told of answers that contradict themselves.</param>
internal sealed class OneJobFetch(QueryJobRunner runner, PinnedRange range, RangeProof proof, long? limit, PagerOptions options, SearchEvidence evidence)
{
    /// <summary>Reads the range into a sink.</summary>
    /// <param name="buffer">The result buffer of the job.</param>
    /// <param name="sink">Where it goes.</param>
    /// <param name="committed">Told of it when it is whole.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when the result does not fit the job: nothing was kept.</returns>
    /// <exception cref="PagingException">The job could not be read.</exception>
    public Task<bool> FetchAsync(ResultBuffer buffer, IWindowSink sink, Action<FetchedWindow> committed, CancellationToken cancellationToken)
    {
        var fetcher = new WindowFetcher(runner, range.Job, buffer, options, range, () => proof.LateFrom, evidence, enough: limit);
        var walk = new WindowWalk(fetcher, CountAsync, options.Signals, committed);
        return walk.FetchWholeAsync(range.Whole with { Planned = Wanted(proof.ExpectedNow), IsWhole = true }, sink, cancellationToken).AsPagingAsync();
    }

    private async Task<long?> CountAsync((long Start, long End) asked, CancellationToken cancellationToken) =>
        Wanted(await proof.CountAsync(asked.Start, asked.End, cancellationToken).ConfigureAwait(false));

    private long? Wanted(long? count) => count > limit ? limit : count;
}
