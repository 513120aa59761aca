using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search.Proof;

namespace LogScalePaging.LogScale.Counting;

/// <summary>Counts a pinned range before and after the walk, and judges the result by both counts.</summary>
internal sealed class RangeProof(EventCounter counter, PinnedRange range, SearchSpec spec, SignalLog signals, TimeProvider time)
{
    private Task<CountAnswer?> _before = Task.FromResult<CountAnswer?>(null);
    private QueryJobSpec? _pinned;
    private CancellationToken _stop;
    private long? _lateFrom;
    private bool _isResumed;
    private HistogramSum? _sum;

    /// <summary>Events before the walk; the result is null if they were not counted, or the count failed. Never throws.</summary>
    public Task<long?> Expected { get; private set; } = Task.FromResult<long?>(null);

    /// <summary>The count before the walk, once it is known.</summary>
    public long? ExpectedNow => Expected.Status == TaskStatus.RanToCompletion ? Expected.GetAwaiter().GetResult() : null;

    /// <summary>Epoch milliseconds from which an ingested event arrived after that count, if it is known.</summary>
    public long? LateFrom =>
        _lateFrom ?? (_before.Status == TaskStatus.RanToCompletion ? _before.GetAwaiter().GetResult()?.LateFrom : null);

    /// <summary>True if the range is counted, or was counted by an earlier run.</summary>
    public bool HasBegun => _pinned is not null;

    /// <summary>Waits for the count before the walk; null if there is none.</summary>
    public Task<long?> ExpectedAsync(CancellationToken cancellationToken) =>
        Expected.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken);

    /// <summary>The count before the walk, without events that were received already.</summary>
    public async Task<long?> ExpectedAfterAsync(long received) => await Expected.ConfigureAwait(false) - received;

    /// <summary>Waits for the time from which an ingested event arrived after that count; null if it is not known.</summary>
    public async Task<long?> LateFromAsync(CancellationToken cancellationToken) =>
        _lateFrom ?? (await _before.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false))?.LateFrom;

    /// <summary>Begins to count the range.</summary>
    /// <param name="pinned">The query with the range.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="sum">A histogram of the range, whose sum is the count; null to ask for the count.</param>
    public void Begin(QueryJobSpec pinned, CancellationToken cancellationToken, HistogramSum? sum = null)
    {
        // A new count replaces the time of the old one.
        (_pinned, _stop, _lateFrom, _sum) = (pinned, cancellationToken, null, sum);
        if (spec.NoVerify)
            return;
        _before = sum is null ? counter.CountAsync(pinned, cancellationToken) : SumAsync(sum, pinned, cancellationToken);
        Expected = CountOf(_before);
    }

    /// <summary>
    /// Waits for the count. If it is the sum of a histogram and differs from a number of rows, the range is counted by <c>count()</c>.
    /// </summary>
    /// <param name="rows">Rows in an answer.</param>
    /// <param name="isAll">True if the answer should have all rows; false if there may be more.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<long?> ConfirmedAsync(long rows, bool isAll, CancellationToken cancellationToken)
    {
        var expected = await ExpectedAsync(cancellationToken).ConfigureAwait(false);
        if (_sum is null || (isAll && !(rows >= spec.MaxEvents) ? expected == rows : expected >= rows))
            return expected;
        CountAgain();
        return await ExpectedAsync(cancellationToken).ConfigureAwait(false);
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
        (_pinned, _lateFrom, _isResumed) = (pinned, lateFrom, true);
        Expected = Task.FromResult(expected);
    }

    /// <summary>Counts the whole range now; null if the count fails or is not requested.</summary>
    public async Task<long?> CountAsync(CancellationToken cancellationToken) =>
        spec.NoVerify ? null : (await counter.CountAsync(_pinned!, cancellationToken).ConfigureAwait(false))?.Count;

    /// <summary>Counts a part of the range now; null if the count fails or is not requested.</summary>
    public async Task<long?> CountAsync(long start, long end, CancellationToken cancellationToken) => spec.NoVerify
        ? null
        : (await counter.CountAsync(_pinned! with { Start = QueryTime.At(start), End = QueryTime.At(end) },
            cancellationToken).ConfigureAwait(false))?.Count;

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
        var (after, recount) = spec.NoVerify || (atOnce && facts.Received == before)
            ? (null, null)
            : await CountAfterAsync(facts, before, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var verdict = Completeness.Judge(facts with { Before = before, After = after, WhyNoCount = WhyNoCount() });
        if (verdict.State != CompletenessState.Complete && after is not null && after != before
            && await IsWrongHistogramAsync(cancellationToken).ConfigureAwait(false))
            verdict = Completeness.Judge(facts with { Before = after, After = after });
        return Say(verdict with { Recount = recount });
    }

    // A histogram may be wrong, or events may have left the range after it. If the server now sends the same histogram again although its
    // count differs, the histogram is wrong, and the count decides.
    private async Task<bool> IsWrongHistogramAsync(CancellationToken cancellationToken)
    {
        if (_sum is not { } sum)
            return false;
        signals.Verbose(SignalKind.AnswerReread, "the sum of the histogram differs from the count: the histogram is requested again");
        return await sum.IsRepeated(cancellationToken).ConfigureAwait(false);
    }

    // A part that is older than the ingest lag is not counted again if the first count agrees with the events. Any difference is
    // explained by a count of the whole range.
    private async Task<(long? After, string? Recount)> CountAfterAsync(SearchFacts facts, long? before, CancellationToken cancellationToken)
    {
        var part = range.Changing;
        if (_isResumed || part.Said is null || facts.Received != before || facts.Notes.Late > 0 || facts.KnownMissing > 0)
            return ((await counter.CountAsync(_pinned!, cancellationToken).ConfigureAwait(false))?.Count, null);
        if (part.From is not { } from)
            return (null, part.Said);
        var young = await CountAsync(from, range.Identity.RangeEnd!.Value, cancellationToken).ConfigureAwait(false);
        return (before - facts.Notes.Recent + young, young is null ? null : part.Said);
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

    // A histogram that the server refuses, or about which it warns, is no count.
    private Task<CountAnswer?> SumAsync(HistogramSum sum, QueryJobSpec pinned, CancellationToken cancellationToken) =>
        counter.TryAsync(async () =>
    {
        if (await sum.Count().ConfigureAwait(false) is { } counted)
            return counted;
        _sum = null;
        return await counter.CountAsync(pinned, cancellationToken).ConfigureAwait(false);
    });

    private static async Task<long?> CountOf(Task<CountAnswer?> counting) => (await counting.ConfigureAwait(false))?.Count;

    /// <summary>Why there is no count; null if it is not known.</summary>
    public string? WhyNoCount() => spec.NoVerify
        ? "no count was requested"
        : counter.Failure is { } cause ? $"the count query failed: {cause.TrimEnd('.')}" : null;

    private Completeness Say(Completeness verdict) => verdict.ReportTo(signals, wantsProof: !spec.NoVerify);
}
