using LogScalePaging.Axiom.Answers;
using LogScalePaging.Axiom.Apl;
using LogScalePaging.Axiom.Strategies;
using LogScalePaging.Axiom.Windows;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;

namespace LogScalePaging.Axiom;

/// <summary>Chooses how a query is read and counted.</summary>
/// <param name="asked">The request of the user.</param>
/// <param name="query">Its query.</param>
/// <param name="schema">The schema of its records.</param>
/// <param name="client">Sends its requests.</param>
/// <param name="signals">The log that receives signals.</param>
/// <param name="progress">Called for every page.</param>
internal sealed class AxiomPlan(
    AxiomRequest asked, AplQuery query, RecordSchema schema, AxiomClient client, SignalLog signals, Action<SearchProgress>? progress)
{
    /// <summary>Requests, reads and counts pages.</summary>
    /// <param name="identity">The query, server and pinned range.</param>
    /// <param name="time">The clock.</param>
    public PagedSource<AxiomQuery, AxiomAnswer> Source(WalkIdentity identity, TimeProvider time)
    {
        var range = new AxiomRange(identity.RangeStart ?? 0, identity.RangeEnd ?? 0);
        var walk = new AxiomWalk(query, range, PageSize()) { OldestFirst = asked.OldestFirst };
        var (strategy, reason, ensure) = Strategy(walk);
        return new PagedSource<AxiomQuery, AxiomAnswer>
        {
            System = AxiomRequest.SystemName,
            Identity = identity,
            Schema = schema,
            Strategy = strategy,
            Reason = reason,
            Requests = client,
            Count = token => client.CountAsync(new AxiomQuery(query.With("count"), range.Start, range.End), token),
            Doubts = () => client.Doubts,
            EnsureReadable = ensure,
            Windows = Windows(walk, identity, time),
            Pinned = earlier => Source(earlier, time),
            Signals = signals,
            Time = time,
            Progress = progress,
        };
    }

    // With a limit, the query is read page by page, because windows after the limit would be read without use.
    private WindowSource? Windows(AxiomWalk walk, WalkIdentity identity, TimeProvider time) =>
        query.WhyWhole is null && asked.Paging is AxiomPaging.Auto or AxiomPaging.Window && asked.MaxEvents is null
            ? AxiomWindows.Of(
                walk,
                client,
                new PagerOptions { Identity = identity, Signals = signals, Time = time },
                asked.Parallel,
                isAsked: asked.Paging == AxiomPaging.Window)
            : null;

    // For a small limit, one row more is requested. This row shows that all events with the last time were received.
    private int PageSize() => asked.MaxEvents < asked.PageSize ? (int)asked.MaxEvents + 1 : asked.PageSize;

    private (IPageStrategy<AxiomQuery, AxiomAnswer, Record> Strategy, string Reason, Action<PagePosition> EnsureReadable) Strategy(
        AxiomWalk walk)
    {
        if (query.WhyWhole is { } why)
            return (new AxiomWholeStrategy(walk), $"{why}, so the result is requested in one answer", AxiomWholeStrategy.EnsureReadable);
        if (asked.Paging == AxiomPaging.Cursor)
            return (new AxiomCursorStrategy(walk), "requested", AxiomCursorStrategy.EnsureReadable);
        var reason = asked.Paging == AxiomPaging.Time ? "requested" : "the rows of the query can be read by time, and are few or limited";
        return (new AxiomTimeStrategy(walk), reason, AxiomTimeStrategy.EnsureReadable);
    }
}
