using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Search;

namespace LogScalePaging.LogScale.Counting;

/// <summary>Counts a pinned range before and after it is walked, and judges what came by both.</summary>
internal sealed class RangeProof(EventCounter counter, SearchSpec spec, SignalLog signals, TimeProvider time)
{
    private Task<CountAnswer?> _before = Task.FromResult<CountAnswer?>(null);
    private QueryJobSpec? _pinned;
    private CancellationToken _stop;
    private long? _lateFrom;

    /// <summary>Events before the walk; a null result when that was not, or could not be, counted. Never fails.</summary>
    public Task<long?> Expected { get; private set; } = Task.FromResult<long?>(null);

    /// <summary>The count before the walk, once it is known.</summary>
    public long? ExpectedNow => Expected.Status == TaskStatus.RanToCompletion ? Expected.GetAwaiter().GetResult() : null;

    /// <summary>Epoch milliseconds from which an ingested event came after that count, once it is known.</summary>
    public long? LateFrom => _lateFrom ?? (_before.Status == TaskStatus.RanToCompletion ? _before.GetAwaiter().GetResult()?.LateFrom : null);

    /// <summary>Waits for the count before the walk; null when none could be had.</summary>
    public Task<long?> ExpectedAsync(CancellationToken cancellationToken) => Expected.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken);

    /// <summary>Waits until it is known from when on an ingested event came after that count; null when that cannot be told.</summary>
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

    /// <summary>Counts the range anew, because the first count cannot be right.</summary>
    public void CountAgain()
    {
        if (!spec.NoVerify)
            Begin(_pinned!, _stop);
    }

    /// <summary>Takes over what an earlier run counted, and when.</summary>
    public void TakeOver(QueryJobSpec pinned, long? expected, long? lateFrom)
    {
        (_pinned, _lateFrom) = (pinned, lateFrom);
        Expected = Task.FromResult(expected);
    }

    /// <summary>Counts the whole range now; null when that cannot be had or is not wanted.</summary>
    public async Task<long?> CountAsync(CancellationToken cancellationToken) =>
        spec.NoVerify ? null : (await counter.CountAsync(_pinned!, cancellationToken).ConfigureAwait(false))?.Count;

    /// <summary>Counts a part of the range now; null when that cannot be had or is not wanted.</summary>
    public async Task<long?> CountAsync(long start, long end, CancellationToken cancellationToken) => spec.NoVerify
        ? null
        : (await counter.CountAsync(_pinned! with { Start = QueryTime.At(start), End = QueryTime.At(end) }, cancellationToken).ConfigureAwait(false))?.Count;

    /// <summary>Judges a walk that came to its end.</summary>
    /// <param name="facts">What came, and what the answers said; the counts are added here.</param>
    /// <param name="atOnce">True when all came in one answer: then nothing can have changed between a count that agrees and the end.</param>
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

    /// <summary>The verdict on an aggregate, which no count can be compared with.</summary>
    /// <param name="facts">What came, and what the answers said.</param>
    /// <param name="doubt">Why the query's own limit may have cut it; null when nothing speaks for it.</param>
    public Completeness JudgeAggregate(SearchFacts facts, string? doubt)
    {
        doubt = spec.AllowEventSkipping ? "the server was allowed to skip events" : facts.Doubts.Count > 0 ? facts.Doubts[0] : doubt;
        const string Whole = "one answer holds the whole result of an aggregate query";
        return Say((doubt is null
            ? new Completeness(CompletenessState.Complete, Whole)
            : new Completeness(CompletenessState.Unverified, $"{Whole}, but {doubt}")) with
        { Received = facts.Received });
    }

    /// <summary>Waits until no count is under way.</summary>
    public Task SettleAsync() => _before;

    private static async Task<long?> CountOf(Task<CountAnswer?> counting) => (await counting.ConfigureAwait(false))?.Count;

    private string? WhyNoCount() => spec.NoVerify
        ? "no count was requested"
        : counter.Failure is { } cause ? $"the count query failed: {cause.TrimEnd('.')}" : null;

    private Completeness Say(Completeness verdict) => verdict.ReportTo(signals, wantsProof: !spec.NoVerify);
}
