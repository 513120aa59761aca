using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.LogScale.Streaming;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale.Walks;

/// <summary>Reads the range of a search by each strategy. If a strategy fails, the plan has another one afterwards.</summary>
internal sealed class StrategyWalks(SearchParts parts, SearchPlan plan, FirstJob firstJob)
{
    /// <summary>Adds the events of an earlier run to a set; null if there was none.</summary>
    public Action<IdentitySet>? Recall { get; set; }

    /// <summary>The pages around anchor events, newest event first.</summary>
    /// <param name="known">The known events, to which the walk adds its own; null for a new set.</param>
    /// <param name="handedOn">Events that were passed on already. They are known, and are not among those of the walk.</param>
    public Pager<QueryJobSpec, QueryResult, Record> Around(IdentitySet? known, long handedOn = 0) => new(
        new AroundStrategy(parts.Range.Job, parts.Spec.PageSize, asSent: parts.Range.AsSent),
        new JobPerPage(parts.Runner, parts.Pace, parts.Evidence, parts.Signals, parts.Tally.Poll, firstJob.Answer),
        parts.Options with
        {
            Expected = handedOn == 0 ? parts.Proof.Expected : parts.Proof.ExpectedAfterAsync(handedOn),
            Limit = parts.Spec.MaxEvents - handedOn,
            Known = known,
            Allowance = Math.Max(10_000, 2L * parts.Spec.PageSize),
            Recount = parts.Proof.CountAsync,
        });

    /// <summary>The windows of the range.</summary>
    /// <param name="buffer">The result buffer of their jobs.</param>
    /// <param name="committed">Called for every complete window.</param>
    public WindowWalk Windows(ResultBuffer buffer, Action<FetchedWindow> committed)
    {
        var fetcher = new WindowFetcher(
            parts.Runner, parts.Range.Job, buffer, parts.Options, parts.Range, () => parts.Proof.LateFrom, parts.Evidence);
        fetcher.Recall(Recall);
        var planning = new WindowPlanning(parts.Buffers, parts.Runner, parts.Range.Job, parts.Signals);
        return new WindowWalk(
            fetcher,
            (range, token) => parts.Proof.CountAsync(range.Start, range.End, token),
            parts.Signals,
            committed,
            () => parts.Proof.ExpectedNow,
            oneByOne: parts.Range.AsSent,
            // A histogram of a query that writes @timestamp would show the written times.
            replan: parts.Range.AsSent
                ? null
                : (window, token) => planning.SplitAsync(window, (int)Math.Min(fetcher.Capacity, int.MaxValue), token));
    }

    /// <summary>Reads the whole range from one job.</summary>
    /// <returns>False if the job cannot hold the result: nothing was kept, and the plan has another strategy.</returns>
    public async Task<bool> TryOneJobAsync(IWindowSink sink, Action<FetchedWindow> committed, CancellationToken cancellationToken)
    {
        var opened = firstJob.TakeOpened();
        var fetch = new OneJobFetch(
            parts.Runner, parts.Range, parts.Proof, parts.Spec.MaxEvents, parts.Options, parts.Evidence, opened);
        var why = await fetch.FetchAsync(plan.Buffer!, sink, committed, isLast: !parts.Planning.HasOther, cancellationToken)
            .ConfigureAwait(false);
        if (why is null)
        {
            // The first job was counted beside it. A later one was not.
            if (opened is null)
                parts.Tally.TakesTime();
            return true;
        }
        plan.Use(await parts.Planning.InsteadAsync(SearchStrategy.OneJob, why, cancellationToken).ConfigureAwait(false));
        return false;
    }

    /// <summary>Reads the whole range as a stream.</summary>
    /// <returns>
    /// False if the stream broke or the count does not agree: nothing was kept, and the plan has another strategy.
    /// </returns>
    public async Task<bool> TryStreamAsync(IWindowSink sink, CancellationToken cancellationToken)
    {
        var stream = new ProvedStream(
            parts.Client, parts.Range, parts.Proof, parts.Spec.MaxEvents, parts.Spec.MostUncountedOfStream);
        var why = await stream.FetchAsync(sink, parts.Tally.Add, cancellationToken).ConfigureAwait(false);
        if (why is null)
        {
            parts.Tally.TakesTime();
            return true;
        }
        plan.Use(await parts.Planning.InsteadAsync(SearchStrategy.Stream, why, cancellationToken).ConfigureAwait(false));
        return false;
    }
}
