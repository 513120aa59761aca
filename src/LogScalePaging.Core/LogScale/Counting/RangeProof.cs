using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Search;

namespace LogScalePaging.LogScale.Counting;

/// <summary>Counts a pinned range before and after the walk, and judges the result by both counts.</summary>
internal sealed class RangeProof(EventCounter counter, SearchSpec spec, SignalLog signals, TimeProvider time)
{
    private Task<CountAnswer?> _before = Task.FromResult<CountAnswer?>(null);
    private QueryJobSpec? _pinned;
    private CancellationToken _stop;
    private long? _lateFrom;

    /// <summary>Events before the walk; the result is null if they were not counted, or the count failed. Never throws.</summary>
    public Task<long?> Expected { get; private set; } = Task.FromResult<long?>(null);

    /// <summary>The count before the walk, once it is known.</summary>
    public long? ExpectedNow => Expected.Status == TaskStatus.RanToCompletion ? Expected.GetAwaiter().GetResult() : null;

    /// <summary>Epoch milliseconds from which an ingested event arrived after that count, if it is known.</summary>
    public long? LateFrom => _lateFrom ?? (_before.Status == TaskStatus.RanToCompletion ? _before.GetAwaiter().GetResult()?.LateFrom : null);

    /// <summary>Waits for the count before the walk; null if there is none.</summary>
    public Task<long?> ExpectedAsync(CancellationToken cancellationToken) => Expected.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken);

    /// <summary>Waits for the time from which an ingested event arrived after that count; null if it is not known.</summary>
    public async Task<long?> LateFromAsync(CancellationToken cancellationToken) =>
        _lateFrom ?? (await _before.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false))?.LateFrom;

    /// <summary>Begins to count the range.</summary>
    public void Begin(QueryJobSpec pinned, CancellationToken cancellationToken)
    {
        // A new count replaces the time of the old one.
        (_pinned, _stop, _lateFrom) = (pinned, cancellationToken, null);
        if (spec.NoVerify)
            return;
        _before = counter.CountAsync(pinned, cancellationToken);
        Expected = CountOf(_before);
    }

    /// <summary>Counts the range again, because the first count cannot be right.</summary>
    public void CountAgain()
    {
        if (!spec.NoVerify)
            Begin(_pinned!, _stop);
    }

    /// <summary>Uses the count of an earlier run, and its time.</summary>
    public void TakeOver(QueryJobSpec pinned, long? expected, long? lateFrom)
    {
        (_pinned, _lateFrom) = (pinned, lateFrom);
        Expected = Task.FromResult(expected);
    }

    /// <summary>Counts the whole range now; null if the count fails or is not requested.</summary>
    public async Task<long?> CountAsync(CancellationToken cancellationToken) =>
        spec.NoVerify ? null : (await counter.CountAsync(_pinned!, cancellationToken).ConfigureAwait(false))?.Count;

    /// <summary>Counts a part of the range now; null if the count fails or is not requested.</summary>
    public async Task<long?> CountAsync(long start, long end, CancellationToken cancellationToken) => spec.NoVerify
        ? null
        : (await counter.CountAsync(_pinned! with { Start = QueryTime.At(start), End = QueryTime.At(end) }, cancellationToken).ConfigureAwait(false))?.Count;

    /// <summary>Judges a walk that ended normally.</summary>
    /// <param name="facts">The facts of the walk. The counts are added here.</param>
    /// <param name="atOnce">
    /// True if one answer held all events. Nothing can then have changed between a count that agrees and the end.
    /// </param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public async Task<Completeness> JudgeAsync(SearchFacts facts, bool atOnce, CancellationToken cancellationToken)
    {
        var before = await ExpectedAsync(cancellationToken).ConfigureAwait(false);
        if (spec.AllowEventSkipping)
            facts = facts with { Doubts = ["the server was allowed to skip events", .. facts.Doubts] };
        if (spec.MaxEvents is { } limit && (facts.Received >= limit || before >= limit))
            return Say(Completeness.Judge(facts with { Before = before, Received = Math.Min(facts.Received, limit), Limit = limit }));
        long? after = null;
        if (!spec.NoVerify && !(atOnce && facts.Received == before))
            after = (await counter.CountAsync(_pinned!, cancellationToken).ConfigureAwait(false))?.Count;
        cancellationToken.ThrowIfCancellationRequested();
        return Say(Completeness.Judge(facts with { Before = before, After = after, WhyNoCount = WhyNoCount() }));
    }

    /// <summary>The verdict on an aggregate. No count can be compared with it.</summary>
    /// <param name="facts">The facts of the walk.</param>
    /// <param name="doubt">Why the query's own limit may have cut it; null if there is no sign of it.</param>
    public Completeness JudgeAggregate(SearchFacts facts, string? doubt)
    {
        doubt = spec.AllowEventSkipping ? "the server was allowed to skip events" : facts.Doubts.Count > 0 ? facts.Doubts[0] : doubt;
        const string Whole = "one answer holds the whole result of an aggregate query";
        return Say((doubt is null
            ? new Completeness(CompletenessState.Complete, Whole)
            : new Completeness(CompletenessState.Unverified, $"{Whole}, but {doubt}")) with
        { Received = facts.Received });
    }

    /// <summary>Waits until no count is running.</summary>
    public Task SettleAsync() => _before;

    private static async Task<long?> CountOf(Task<CountAnswer?> counting) => (await counting.ConfigureAwait(false))?.Count;

    private string? WhyNoCount() => spec.NoVerify
        ? "no count was requested"
        : counter.Failure is { } cause ? $"the count query failed: {cause.TrimEnd('.')}" : null;

    private Completeness Say(Completeness verdict) => verdict.ReportTo(signals, wantsProof: !spec.NoVerify);
}
