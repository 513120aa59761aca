using System.Diagnostics;
using System.Runtime.CompilerServices;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Transport;

namespace LogScalePaging.LogScale;

/// <summary>
/// One search brought home: runs the first job, pins the range to what the server made of it, counts, gets past the buffer where
/// there is more, and judges the result. Dispose it, however it ends: that deletes what is left of its jobs.
/// </summary>
public sealed class LogScaleSearch : IAsyncDisposable
{
    // What the pipeline holds of windows that wait for their turn is bounded by this and by the number of jobs.
    private const int PipelineWindow = 5_000;

    private readonly LogScaleConnection _connection;
    private readonly SearchSpec _spec;
    private readonly SignalLog _signals;
    private readonly TimeProvider _time;
    private readonly QueryJobClient _client;
    private readonly JobGate _gate;
    private readonly QueryJobRunner _runner;
    private readonly RangeProof _proof;
    private readonly JobPace _pace = new();
    private readonly Deduplicator _known;
    private readonly CancellationTokenSource _stop = new();
    private readonly Action<SearchProgress>? _progress;

    private readonly Activity? _activity;
    private QueryResult? _first;
    private bool _rangeIsPinned;
    private DateTimeOffset? _pinnedAt;
    private long _received;
    private long _receivedLate;
    private long _pages;
    private int _disposed;

    /// <summary>Prepares a search; nothing is sent yet.</summary>
    /// <param name="connection">Where to search.</param>
    /// <param name="spec">What to search.</param>
    /// <param name="signals">Where signals go.</param>
    /// <param name="progress">Told of every page and every poll.</param>
    /// <exception cref="ArgumentException">The search cannot be run as it stands.</exception>
    public LogScaleSearch(LogScaleConnection connection, SearchSpec spec, SignalLog signals, Action<SearchProgress>? progress = null)
    {
        spec.EnsureValid();
        _activity = Telemetry.Activities.StartActivity("search");
        _spec = spec;
        (_connection, _signals) = (connection, signals);
        _progress = progress;
        // A page, and what came before it in the same answer, must be remembered whole.
        _known = new Deduplicator(Math.Max(Deduplicator.DefaultCapacity, 2 * spec.PageSize));
        _time = connection.Transport.Time;
        _client = connection.Client(signals, spec.Repository);
        _gate = new JobGate(spec.Parallel);
        _runner = new QueryJobRunner(_client, _gate);
        _proof = new RangeProof(new EventCounter(_runner, signals), spec, signals, _time);
        Identity = new WalkIdentity("LogScale", connection.Transport.Host, _client.Repository, spec.Query, spec.Start.Milliseconds, spec.End.Milliseconds)
        {
            Arguments = spec.Arguments,
        };
    }

    /// <summary>What is asked; its range is pinned, and its host the account's home, once the first job has answered.</summary>
    public WalkIdentity Identity { get; private set; }

    /// <summary>What answers: <c>LogScale</c> or <c>NG-SIEM</c>. In <see cref="Identity"/> both are one system, as they speak the same.</summary>
    public string System => _connection.System;

    /// <summary>How the events are got, and why so; null before the first answer.</summary>
    public (string Name, string Reason)? Strategy { get; private set; }

    /// <summary>The windows that the range was cut into, newest first; null when it is walked page by page.</summary>
    public IReadOnlyList<TimeWindow>? Windows { get; private set; }

    /// <summary>What the server's result buffer was found to be; null unless <see cref="Windows"/> is set.</summary>
    public ResultBuffer? Buffer { get; private set; }

    /// <summary>True when the query makes rows of its own instead of handing out events.</summary>
    public bool IsAggregate { get; private set; }

    /// <summary>Events that the server counted when the walk began; null while, or when, that is not known.</summary>
    public long? ExpectedBefore => _proof.ExpectedNow;

    /// <summary>Epoch milliseconds from which an ingested event came after that count; null while, or when, that is not known.</summary>
    public long? LateFrom => _proof.LateFrom;

    /// <summary>How many of the events handed on were surely ingested after that count.</summary>
    public long ReceivedLate => Interlocked.Read(ref _receivedLate);

    /// <summary>Events handed on so far.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Repeated events dropped so far.</summary>
    public long Duplicates { get; private set; }

    private QueryJobSpec Pinned => _spec.ToJob(QueryTime.At(Identity.RangeStart!.Value), QueryTime.At(Identity.RangeEnd!.Value));

    private PagerOptions Options => new() { Identity = Identity, Signals = _signals, Time = _time };

    /// <summary>Goes on where an earlier run broke off instead of starting a new one. Call it before the pages.</summary>
    /// <param name="identity">What the earlier run asked, its range pinned.</param>
    /// <param name="expected">What it counted.</param>
    /// <param name="received">Events that it handed on.</param>
    /// <param name="known">The <c>@id</c>s of the last of them, in the order of the walk.</param>
    /// <param name="receivedLate">How many of them were surely ingested after that count.</param>
    /// <param name="lateFrom">Epoch milliseconds from which an ingested event came after it.</param>
    public void ContinueFrom(WalkIdentity identity, long? expected, long received, IEnumerable<string> known, long receivedLate = 0, long? lateFrom = null)
    {
        Identity = identity;
        _proof.TakeOver(Pinned, expected, lateFrom);
        (_received, _receivedLate) = (received, receivedLate);
        // It took more than one answer: at the end the range is counted anew.
        _pages = 2;
        foreach (var id in known)
            _known.Add(id);
    }

    /// <summary>Runs the first job, pins the range, and chooses how to get the rest. Called by the pages when it was not before.</summary>
    /// <param name="largestWindow">Events in a window at the most, whatever fits the buffer; <see cref="int.MaxValue"/> when they go to a file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PagingException">The server did not take the search.</exception>
    public async Task OpenAsync(int largestWindow, CancellationToken cancellationToken)
    {
        _first = await FirstAsync(cancellationToken).ConfigureAwait(false);
        IsAggregate = _first.Metadata.IsAggregate;
        if (!_rangeIsPinned)
            throw new PagingException(PagingErrorKind.RequestFailed, "The server did not say which absolute range it searched, so the walk cannot be kept from sliding.");
        // Whether there is much or little decides; a result that is whole needs no decision.
        var expected = _first.Metadata.HasMoreEvents == true && _spec.Strategy == SearchStrategy.Auto
            ? await _proof.ExpectedAsync(cancellationToken).ConfigureAwait(false)
            : null;
        Strategy = StrategyChoice.Of(_spec, _first, expected, toFile: largestWindow == int.MaxValue);
        if (Strategy.Value.Name == StrategyChoice.Window)
            await PlanAsync(_first, largestWindow, cancellationToken).ConfigureAwait(false);
        ShowStrategy();
    }

    /// <summary>Takes the whole range in one streamed answer.</summary>
    /// <param name="sink">Where it goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when the stream broke or the count does not agree: nothing was kept, and the range is cut into <see cref="Windows"/> instead, or walked when it cannot be.</returns>
    public async Task<bool> TryStreamAsync(IWindowSink sink, CancellationToken cancellationToken)
    {
        var range = new TimeWindow(Identity.RangeStart!.Value, Identity.RangeEnd!.Value, null, IsNewest: true);
        string why;
        try
        {
            var fetched = await new EventStream(_client, _proof.LateFromAsync, _pinnedAt).FetchAsync(Pinned, range, sink, cancellationToken).ConfigureAwait(false);
            var expected = await _proof.ExpectedAsync(cancellationToken).ConfigureAwait(false);
            if (expected is null || fetched.Rows - fetched.Late >= expected)
            {
                fetched.Writer.Commit(fetched.Late, null);
                Committed(fetched);
                _pages = 2;
                return true;
            }
            fetched.Writer.Discard();
            why = FormattableString.Invariant($"the stream brought {fetched.Rows:N0} of {expected:N0} events");
        }
        catch (Exception e) when (e is ApiException or PagingException)
        {
            why = Printable.Line(e.Message);
        }
        Strategy = (StrategyChoice.Window, $"in place of a stream: {why}");
        await PlanAsync(_first!, int.MaxValue, cancellationToken).ConfigureAwait(false);
        ShowStrategy();
        return false;
    }

    private void ShowStrategy() =>
        _signals.Verbose(SignalKind.StrategyChosen, $"strategy {Strategy!.Value.Name}: {Strategy.Value.Reason}");

    /// <summary>The pages of the search, newest event first. Enumerate once; then ask <see cref="JudgeAsync"/>.</summary>
    /// <param name="from">From where to go on; null for the beginning.</param>
    /// <param name="cancellationToken">Ends the walk; what was handed on stays good.</param>
    /// <exception cref="PagingException">The walk broke off; it carries the checkpoint to go on from, unless it was one of windows.</exception>
    public async IAsyncEnumerable<Page<EventRecord>> PagesAsync(Checkpoint? from = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (from is null && Strategy is null)
            await OpenAsync(PipelineWindow, cancellationToken).ConfigureAwait(false);
        Strategy ??= (from!.Strategy, "resumed from a checkpoint");
        _received = from?.Received ?? 0;
        if (Windows is not null)
        {
            await foreach (var page in WindowPagesAsync(cancellationToken).ConfigureAwait(false))
                yield return page;
            yield break;
        }
        var pager = new Pager<QueryJobSpec, QueryResult, EventRecord>(
            new AroundStrategy(Pinned, _spec.PageSize),
            new JobPerPage(_runner, _pace, Poll, _first),
            Options with { Expected = _proof.Expected, Limit = _spec.MaxEvents, Deduplicator = _known });
        await foreach (var page in pager.PagesAsync(from, cancellationToken).ConfigureAwait(false))
        {
            Take(page);
            yield return page;
        }
    }

    /// <summary>Fetches windows into a sink, in any order and many at once.</summary>
    /// <param name="windows">The windows, newest first: <see cref="Windows"/>, or what an earlier run left of them.</param>
    /// <param name="buffer"><see cref="Buffer"/>, or what an earlier run found it to be.</param>
    /// <param name="sink">Where they go.</param>
    /// <param name="cancellationToken">Ends it; windows that are whole stay good.</param>
    /// <exception cref="PagingException">Some windows could not be read; the others are whole.</exception>
    public Task FetchWindowsAsync(IReadOnlyList<TimeWindow> windows, ResultBuffer buffer, IWindowSink sink, CancellationToken cancellationToken)
    {
        Strategy ??= (StrategyChoice.Window, "resumed from a checkpoint");
        _pages = 2;
        return Walk(buffer, Committed).FetchAsync(windows, sink, cancellationToken);
    }

    /// <summary>Judges what came, counting once more where the walk took time.</summary>
    public Task<Completeness> JudgeAsync(CancellationToken cancellationToken) => IsAggregate
        ? Task.FromResult(_proof.JudgeAggregate(_received))
        : _proof.JudgeAsync(_received, _receivedLate, _pages <= 1, cancellationToken);

    /// <summary>The verdict on a walk that broke off.</summary>
    public Completeness JudgeBroken(string why) => Completeness.Broken(ExpectedBefore, _received, why);

    /// <summary>Deletes what is left of the search's jobs on the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _stop.Cancel();
        await _proof.SettleAsync().ConfigureAwait(false);
        await _runner.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
        _activity?.SetTag("logscalepaging.strategy", Strategy?.Name).SetTag("logscalepaging.events", Received);
        _activity?.Dispose();
    }

    private async Task<QueryResult> FirstAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _runner.RunAsync(
                () => _rangeIsPinned || Identity is { RangeStart: not null, RangeEnd: not null } ? Pinned : _spec.ToJob(_spec.Start, _spec.End),
                _pace,
                answer =>
                {
                    Pin(answer);
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
    private void Pin(QueryResult answer)
    {
        var metadata = answer.Metadata;
        if (_rangeIsPinned || metadata.QueryStart is not { } start || metadata.QueryEnd is not { } end)
            return;
        (_rangeIsPinned, _pinnedAt) = (true, answer.Date);
        Identity = Identity with { RangeStart = start, RangeEnd = end, Host = _connection.Transport.Host };
        _signals.Verbose(SignalKind.RangePinned, $"range pinned to {QueryTime.Iso(start)} … {QueryTime.Iso(end)}");
        if (!metadata.IsAggregate)
            _proof.Begin(Pinned, _stop.Token);
    }

    private async Task PlanAsync(QueryResult first, int largestWindow, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await new WindowPlanning(_connection, _runner, Pinned, _signals).PlanAsync(Identity, first.Events, _spec, largestWindow, cancellationToken).ConfigureAwait(false);
            (Windows, Buffer) = (plan.Windows, plan.Buffer);
            // It began before the plan. Without it, late arrivals could not be told from others.
            await _proof.ExpectedAsync(cancellationToken).ConfigureAwait(false);
            Strategy = (StrategyChoice.Window, $"{Strategy!.Value.Reason}: {plan.Said}");
        }
        catch (CannotCutException e)
        {
            Strategy = (AroundStrategy.StrategyName, e.Message);
        }
    }

    private WindowWalk Walk(ResultBuffer buffer, Action<FetchedWindow> committed) => new(
        new WindowFetcher(_runner, Pinned, buffer, Options, () => _proof.LateFrom),
        (window, token) => _proof.CountAsync(window.Start, window.End, token),
        _signals,
        committed);

    private async IAsyncEnumerable<Page<EventRecord>> WindowPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Received counts what is handed on, so that a limit is exact; what was late is told by its window.
        var walk = Walk(Buffer!, window => Interlocked.Add(ref _receivedLate, window.Late));
        var last = new Page<EventRecord>([], null, new PageInfo());
        var end = new WalkEnd(EndReason.LastPage, "every window is read");
        await foreach (var page in walk.PagesAsync(Windows!, _spec.Parallel, cancellationToken).ConfigureAwait(false))
        {
            // A page is held back until it is known whether it is the last.
            if (last.Items.Count > 0)
                yield return Numbered(last, null);
            var rest = (_spec.MaxEvents ?? long.MaxValue) - _received;
            last = page.Items.Count <= rest ? page : page with { Items = [.. page.Items.Take((int)rest)] };
            _received += last.Items.Count;
            if (_received == _spec.MaxEvents)
            {
                end = new WalkEnd(EndReason.Limit, FormattableString.Invariant($"the limit of {_received:N0} events is reached"));
                break;
            }
        }
        yield return Numbered(last, end);
        _pages = Math.Max(_pages, 2);
    }

    private Page<EventRecord> Numbered(Page<EventRecord> page, WalkEnd? end)
    {
        _pages++;
        Report(null);
        return page with { Next = null, Info = page.Info with { Number = _pages, Total = ExpectedBefore, End = end } };
    }

    private void Committed(FetchedWindow window)
    {
        Interlocked.Add(ref _received, window.Rows);
        Interlocked.Add(ref _receivedLate, window.Late);
        Report(null);
    }

    private void Take(Page<EventRecord> page)
    {
        _received += page.Items.Count;
        _pages = page.Info.Number;
        Duplicates += page.Info.Duplicates;
        if (_proof.LateFrom is { } lateFrom)
            _receivedLate += page.Items.Count(e => e.IngestTimestamp >= lateFrom);
        Report(null);
    }

    private void Poll(QueryResult answer) => Report(answer.Done ? null : answer.Metadata.Progress);

    private void Report(double? job) => _progress?.Invoke(new SearchProgress(Received, ExpectedBefore, _pages, job)
    {
        Jobs = _gate.UnderWay,
        Retries = _signals.CountOf(SignalKind.Retried) + _signals.CountOf(SignalKind.JobRecreated),
    });
}
