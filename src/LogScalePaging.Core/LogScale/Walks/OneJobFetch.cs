using LogScalePaging.Common;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Search.Windows;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale.Walks;

/// <summary>
/// Reads a whole range from one job: a single evaluation of the query, which is the only exact one if events are compared.
/// </summary>
/// <param name="runner">Runs the job.</param>
/// <param name="range">The range.</param>
/// <param name="proof">Its count.</param>
/// <param name="limit">Maximum number of events; null for all.</param>
/// <param name="options">Signals, clock and identity for the pager.</param>
/// <param name="evidence">Receives answers that contradict themselves.</param>
/// <param name="opened">The first job of the search if it holds the result; null to create a job.</param>
internal sealed class OneJobFetch(
    QueryJobRunner runner, PinnedRange range, RangeProof proof, long? limit, PagerOptions options, SearchEvidence evidence,
    FirstResult? opened = null)
{
    private long? _opened = opened?.Total;

    /// <summary>Reads the range into a sink.</summary>
    /// <param name="buffer">The result buffer of the job.</param>
    /// <param name="sink">Receives the events.</param>
    /// <param name="committed">Called with the window if it is complete.</param>
    /// <param name="isLast">True if no other strategy can read the result, so that a part of it is better than nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why the job cannot hold the result, of which nothing was kept; null if it can.</returns>
    /// <exception cref="PagingException">The server did not answer.</exception>
    public async Task<string?> FetchAsync(ResultBuffer buffer, IWindowSink sink, Action<FetchedWindow> committed, bool isLast,
        CancellationToken cancellationToken)
    {
        var fetcher = new WindowFetcher(runner, range.Job, buffer, options, range, () => proof.LateFrom, evidence, enough: limit, opened);
        var walk = new WindowWalk(fetcher, CountAsync, options.Signals, committed, () => proof.ExpectedNow);
        var whole = range.Whole with { Planned = opened is null ? Wanted(proof.ExpectedNow) : null, IsWhole = true };
        try
        {
            var outcome = await walk.FetchWholeAsync(whole, sink, keepShort: isLast, cancellationToken)
                .AsPagingAsync().ConfigureAwait(false);
            return outcome switch
            {
                WindowOutcome.Whole => null,
                WindowOutcome.Short => "it returned fewer events than the server counts",
                _ => "the result no longer fits",
            };
        }
        // A query that the server accepts for a short range may be refused or cancelled for the whole range.
        catch (PagingException e) when (e.InnerException is JobLostException or ApiException { Kind: ApiErrorKind.BadRequest }
            || AnswerLimitException.Of(e) is not null)
        {
            return Printable.Line(e.Message);
        }
    }

    private async Task<long?> CountAsync((long Start, long End) asked, CancellationToken cancellationToken)
    {
        // The range is being counted beside the first job. It is not counted a second time.
        var rows = _opened;
        _opened = null;
        return Wanted(rows is { } total
            ? await proof.ConfirmedAsync(total, isAll: true, cancellationToken).ConfigureAwait(false)
            : await proof.CountAsync(asked.Start, asked.End, cancellationToken).ConfigureAwait(false));
    }

    private long? Wanted(long? count) => count > limit ? limit : count;
}
