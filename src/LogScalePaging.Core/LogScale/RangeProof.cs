using LogScalePaging.Paging;

namespace LogScalePaging.LogScale;

/// <summary>Counts a pinned range before and after it is walked, and judges what came by both.</summary>
internal sealed class RangeProof(EventCounter counter, SearchSpec spec, SignalLog signals, TimeProvider time)
{
    private Task<CountAnswer?> _before = Task.FromResult<CountAnswer?>(null);
    private QueryJobSpec? _pinned;
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
        _pinned = pinned;
        if (spec.NoVerify)
            return;
        _before = counter.CountAsync(pinned, cancellationToken);
        Expected = CountOf(_before);
    }

    /// <summary>Takes over what an earlier run counted, and when.</summary>
    public void TakeOver(QueryJobSpec pinned, long? expected, long? lateFrom)
    {
        (_pinned, _lateFrom) = (pinned, lateFrom);
        Expected = Task.FromResult(expected);
    }

    /// <summary>Counts a part of the range now; null when that cannot be had or is not wanted.</summary>
    public async Task<long?> CountAsync(long start, long end, CancellationToken cancellationToken) => spec.NoVerify
        ? null
        : (await counter.CountAsync(_pinned! with { Start = QueryTime.At(start), End = QueryTime.At(end) }, cancellationToken).ConfigureAwait(false))?.Count;

    /// <summary>Judges a walk that came to its end.</summary>
    /// <param name="received">Events received, each once.</param>
    /// <param name="late">How many of them were surely ingested after the range was counted.</param>
    /// <param name="atOnce">True when all came in one answer: then nothing can have changed between a count that agrees and the end.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public async Task<Completeness> JudgeAsync(long received, long late, bool atOnce, CancellationToken cancellationToken)
    {
        var before = await ExpectedAsync(cancellationToken).ConfigureAwait(false);
        if (received >= spec.MaxEvents)
            return Questioned(Completeness.Judge(before, null, spec.MaxEvents.Value, limit: spec.MaxEvents));
        long? after = null;
        if (!spec.NoVerify && !(atOnce && received == before))
            after = (await counter.CountAsync(_pinned!, cancellationToken).ConfigureAwait(false))?.Count;
        cancellationToken.ThrowIfCancellationRequested();
        var verdict = Completeness.Judge(before, after, received, late);
        if (spec.NoVerify && verdict.State == CompletenessState.Unverified)
            verdict = verdict with { Reason = "no count was asked for, by -NoVerify (--no-verify)" };
        else if ((before, after) is (null, null) && counter.Failure is { } cause)
            verdict = verdict with { Reason = $"{verdict.Reason}: {cause.TrimEnd('.')}" };
        if (verdict.Late > 0)
            signals.Warn(SignalKind.LateArrival, FormattableString.Invariant($"{verdict.Late:N0} events reached the range while it was read and are not in the result: search it again to have them"), verdict.Late);
        if (verdict.State == CompletenessState.Incomplete)
            signals.Warn(SignalKind.PartialResult, $"the result is incomplete: {verdict.Reason}", verdict.Missing);
        return Questioned(verdict);
    }

    /// <summary>The verdict on an aggregate, which no count can be compared with.</summary>
    /// <param name="received">Rows received.</param>
    /// <param name="doubt">Why the query's own limit may have cut it; null when nothing speaks for it.</param>
    public Completeness JudgeAggregate(long received, string? doubt)
    {
        if (doubt is not null)
            signals.Warn(SignalKind.PartialResult, $"the result may be cut: {doubt}");
        return Questioned(new Completeness(CompletenessState.Complete, "an aggregate comes whole in one answer") { Received = received }, doubt);
    }

    /// <summary>Waits until no count is under way.</summary>
    public Task SettleAsync() => _before;

    private static async Task<long?> CountOf(Task<CountAnswer?> counting) => (await counting.ConfigureAwait(false))?.Count;

    // A server that says that its answer is partial counts just as partially.
    private Completeness Questioned(Completeness verdict, string? doubt = null)
    {
        doubt ??= spec.AllowEventSkipping
            ? "the server was allowed to skip events"
            : signals.Warnings.FirstOrDefault(w => w.Kind == SignalKind.ServerWarning && ServerWarning.QuestionsResult(w.Message))?.Message;
        return doubt is null || verdict.State != CompletenessState.Complete
            ? verdict
            : verdict with { State = CompletenessState.Unverified, Reason = $"{verdict.Reason}, but {doubt}" };
    }
}
