using System.Runtime.CompilerServices;
using LogScalePaging.Paging;
using LogScalePaging.Transport;

namespace LogScalePaging.LogScale;

/// <summary>
/// One search brought home: runs the first job, pins the range to what the server made of it, counts, walks past the buffer where
/// there is more, and judges the result. Dispose it, however it ends: that deletes what is left of its jobs.
/// </summary>
public sealed class LogScaleSearch : IAsyncDisposable, IPageSource<QueryJobSpec, QueryResult>
{
    private readonly SearchSpec _spec;
    private readonly SignalLog _signals;
    private readonly TimeProvider _time;
    private readonly QueryJobRunner _runner;
    private readonly EventCounter _counter;
    private readonly JobPace _pace = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Action<SearchProgress>? _progress;
    private readonly Deduplicator _known = new();

    private Task<CountAnswer?> _before = Task.FromResult<CountAnswer?>(null);
    private Task<long?> _expected = Task.FromResult<long?>(null);
    private QueryResult? _first;
    private long _received;
    private long _receivedLate;
    private long _pages;
    private bool _rangeIsPinned;

    /// <summary>Prepares a search; nothing is sent yet.</summary>
    /// <param name="connection">Where to search.</param>
    /// <param name="spec">What to search.</param>
    /// <param name="signals">Where signals go.</param>
    /// <param name="progress">Told of every page and every poll.</param>
    /// <exception cref="ArgumentException">The search cannot be run as it stands.</exception>
    public LogScaleSearch(LogScaleConnection connection, SearchSpec spec, SignalLog signals, Action<SearchProgress>? progress = null)
    {
        spec.EnsureValid();
        _spec = spec;
        _signals = signals;
        _progress = progress;
        _time = connection.Transport.Time;
        var client = connection.Client(signals, spec.Repository);
        _runner = new QueryJobRunner(client);
        _counter = new EventCounter(_runner, signals);
        Identity = new WalkIdentity("LogScale", connection.Transport.Host, client.Repository, spec.Query, spec.Start.Milliseconds, spec.End.Milliseconds)
        {
            Arguments = spec.Arguments,
        };
    }

    /// <summary>What is asked; its range is pinned once the first job has answered.</summary>
    public WalkIdentity Identity { get; private set; }

    /// <summary>How the events were got, and why so; null before the first answer.</summary>
    public (string Name, string Reason)? Strategy { get; private set; }

    /// <summary>True when the query makes rows of its own instead of handing out events.</summary>
    public bool IsAggregate { get; private set; }

    /// <summary>Events that the server counted when the walk began; null while, or when, that is not known.</summary>
    public long? ExpectedBefore => _expected is { Status: TaskStatus.RanToCompletion } done ? done.GetAwaiter().GetResult() : null;

    /// <summary>Events handed on so far.</summary>
    public long Received => _received;

    /// <summary>Repeated events dropped so far.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Goes on where an earlier run broke off instead of starting a new one. Call it before the pages.</summary>
    /// <param name="identity">What the earlier run asked, its range pinned.</param>
    /// <param name="expected">What it counted.</param>
    /// <param name="received">Events that it handed on.</param>
    /// <param name="known">The <c>@id</c>s of the last of them, in the order of the walk.</param>
    public void ContinueFrom(WalkIdentity identity, long? expected, long received, IEnumerable<string> known)
    {
        Identity = identity;
        _expected = Task.FromResult(expected);
        _received = received;
        // Both counts are asked for again at the end: other things may have changed since the earlier run.
        _pages = 2;
        foreach (var id in known)
            _known.Add(id);
    }

    /// <summary>The pages of the search, newest event first. Enumerate once; then ask <see cref="JudgeAsync"/>.</summary>
    /// <param name="from">From where to go on; null for the beginning.</param>
    /// <param name="cancellationToken">Ends the walk; what was handed on stays good.</param>
    /// <exception cref="PagingException">The walk broke off; it carries the checkpoint to go on from.</exception>
    public async IAsyncEnumerable<Page<EventRecord>> PagesAsync(Checkpoint? from = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (from is null)
            await OpenAsync(cancellationToken).ConfigureAwait(false);
        else
            Strategy = (from.Strategy, "resumed from a checkpoint");
        _received = from?.Received ?? 0;
        Duplicates = from?.Duplicates ?? 0;
        var pinned = _spec.ToJob(QueryTime.At(Identity.RangeStart!.Value), QueryTime.At(Identity.RangeEnd!.Value));
        var pager = new Pager<QueryJobSpec, QueryResult, EventRecord>(
            new AroundStrategy(pinned, _spec.PageSize),
            this,
            new PagerOptions { Identity = Identity, Signals = _signals, Time = _time, Expected = _expected, Limit = _spec.MaxEvents, Deduplicator = _known });
        await foreach (var page in pager.PagesAsync(from, cancellationToken).ConfigureAwait(false))
        {
            Take(page);
            yield return page;
        }
    }

    /// <summary>Judges what came, counting once more where the walk took time.</summary>
    public async Task<Completeness> JudgeAsync(CancellationToken cancellationToken)
    {
        if (IsAggregate)
            return Questioned(new Completeness(CompletenessState.Complete, "an aggregate comes whole in one answer") { Received = _received });
        var before = (await _before.ConfigureAwait(false))?.Count ?? await _expected.ConfigureAwait(false);
        if (_received == _spec.MaxEvents)
            return Questioned(Completeness.Judge(before, null, _received, limit: _spec.MaxEvents));
        long? after = null;
        // What one answer held and the count confirms cannot have changed meanwhile.
        if (!_spec.NoVerify && (_pages > 1 || _received != before))
            after = (await _counter.CountAsync(_spec.ToJob(QueryTime.At(Identity.RangeStart!.Value), QueryTime.At(Identity.RangeEnd!.Value)), cancellationToken).ConfigureAwait(false))?.Count;
        cancellationToken.ThrowIfCancellationRequested();
        var verdict = Completeness.Judge(before, after, _received, _receivedLate);
        if (verdict.Late > 0)
            _signals.Warn(SignalKind.LateArrival, FormattableString.Invariant($"{verdict.Late:N0} events reached the range while it was read and are not in the result: search it again to have them"), verdict.Late);
        if (verdict.State == CompletenessState.Incomplete)
            _signals.Warn(SignalKind.PartialResult, $"the result is incomplete: {verdict.Reason}", verdict.Missing);
        return Questioned(verdict);
    }

    /// <summary>The verdict on a walk that broke off.</summary>
    public Completeness JudgeBroken(string why) => Completeness.Broken(ExpectedBefore, _received, why);

    /// <inheritdoc/>
    async Task<QueryResult> IPageSource<QueryJobSpec, QueryResult>.FetchAsync(QueryJobSpec request, CancellationToken cancellationToken)
    {
        // The first job has run already: it pinned the range.
        if (request.Around is null && Interlocked.Exchange(ref _first, null) is { } first)
            return first;
        return await _runner.RunAsync(() => request, _pace, Poll, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes what is left of the search's jobs on the server.</summary>
    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _before.ConfigureAwait(false);
        await _runner.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        _first = await FirstAsync(cancellationToken).ConfigureAwait(false);
        IsAggregate = _first.Metadata.IsAggregate;
        if (Identity.RangeStart is null || Identity.RangeEnd is null)
            throw new PagingException(PagingErrorKind.RequestFailed, "The server did not say which absolute range it searched, so the walk cannot be kept from sliding. Give -Start and -End (--start, --end) as absolute times.");
        Strategy = Chosen(_first.Metadata);
        _signals.Verbose(SignalKind.StrategyChosen, $"strategy {Strategy.Value.Name}: {Strategy.Value.Reason}");
    }

    private async Task<QueryResult> FirstAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _runner.RunAsync(
                () => _spec.ToJob(Pinned(Identity.RangeStart) ?? _spec.Start, Pinned(Identity.RangeEnd) ?? _spec.End),
                _pace,
                answer =>
                {
                    Pin(answer.Metadata);
                    Poll(answer);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or JobLostException)
        {
            throw new PagingException(PagingErrorKind.RequestFailed, e.Message, e);
        }
    }

    // Pinned by the first answer of all, done or not: no relative time is sent twice, for the count or for a job made again.
    private void Pin(QueryMetadata metadata)
    {
        if (_rangeIsPinned || metadata.QueryStart is not { } start || metadata.QueryEnd is not { } end)
            return;
        _rangeIsPinned = true;
        Identity = Identity with { RangeStart = start, RangeEnd = end };
        _signals.Verbose(SignalKind.RangePinned, $"range pinned to {QueryTime.Iso(start)} … {QueryTime.Iso(end)}");
        if (_spec.NoVerify || metadata.IsAggregate)
            return;
        _before = _counter.CountAsync(_spec.ToJob(QueryTime.At(start), QueryTime.At(end)), _stop.Token);
        _expected = ExpectedAsync();
    }

    private async Task<long?> ExpectedAsync() => (await _before.ConfigureAwait(false))?.Count;

    private static QueryTime? Pinned(long? milliseconds) => milliseconds is { } at ? QueryTime.At(at) : null;

    private static (string Name, string Reason) Chosen(QueryMetadata first)
    {
        if (first.IsAggregate)
            return ("Single", "an aggregate query comes whole in one answer");
        return first.HasMoreEvents == true
            ? (AroundStrategy.StrategyName, "more matches than one answer holds")
            : ("Single", "the result fits one answer");
    }

    private void Take(Page<EventRecord> page)
    {
        _received += page.Items.Count;
        _pages = page.Info.Number;
        Duplicates += page.Info.Duplicates;
        if (_before is { Status: TaskStatus.RanToCompletion } counted && counted.GetAwaiter().GetResult()?.LateFrom is { } lateFrom)
            _receivedLate += page.Items.Count(e => e.IngestTimestamp >= lateFrom);
        Report(null);
    }

    private void Poll(QueryResult answer) => Report(answer.Done ? null : answer.Metadata.Progress);

    private void Report(double? job) => _progress?.Invoke(new SearchProgress(_received, ExpectedBefore, _pages, job));

    // A server that says that its answer is partial counts just as partially.
    private Completeness Questioned(Completeness verdict)
    {
        var doubt = _spec.AllowEventSkipping
            ? "the server was allowed to skip events"
            : _signals.Warnings.FirstOrDefault(w => w.Kind == SignalKind.ServerWarning && ServerWarning.QuestionsResult(w.Message))?.Message;
        return doubt is null || verdict.State != CompletenessState.Complete
            ? verdict
            : verdict with { State = CompletenessState.Unverified, Reason = $"{verdict.Reason}, but {doubt}" };
    }
}
