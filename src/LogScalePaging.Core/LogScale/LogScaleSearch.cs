using System.Diagnostics;
using System.Runtime.CompilerServices;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;

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
    private readonly QueryJobClient _client;
    private readonly QueryJobRunner _runner;
    private readonly PinnedRange _range;
    private readonly RangeProof _proof;
    private readonly SearchTally _tally;
    private readonly JobPace _pace = new();
    private readonly Deduplicator _known;
    private readonly CancellationTokenSource _stop = new();
    private readonly Activity? _activity;
    private QueryResult? _first;
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
        (_connection, _spec, _signals) = (connection, spec, signals);
        // A page, and what came before it in the same answer, must be remembered whole.
        _known = new Deduplicator(Math.Max(Deduplicator.DefaultCapacity, 2 * spec.PageSize));
        _client = connection.Client(signals, spec.Repository);
        var gate = new JobGate(spec.Parallel);
        _runner = new QueryJobRunner(_client, gate);
        _range = new PinnedRange(spec, new WalkIdentity("LogScale", connection.Transport.Host, _client.Repository, spec.Query, spec.Start.Milliseconds, spec.End.Milliseconds)
        {
            Arguments = spec.Arguments,
            Tenant = connection.Tenant,
        });
        _proof = new RangeProof(new EventCounter(_runner, signals), spec, signals, connection.Transport.Time);
        _tally = new SearchTally(_proof, gate, signals, progress);
    }

    /// <summary>What is asked; its range is pinned, and its host the account's home, once the first job has answered.</summary>
    public WalkIdentity Identity => _range.Identity;

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
    public long ReceivedLate => _tally.Late;

    /// <summary>Events handed on so far.</summary>
    public long Received => _tally.Received;

    /// <summary>Repeated events dropped so far.</summary>
    public long Duplicates => _tally.Duplicates;

    private PagerOptions Options => new() { Identity = Identity, Signals = _signals, Time = _connection.Transport.Time };

    /// <summary>Goes on where an earlier run broke off instead of starting a new one. Call it before the pages.</summary>
    /// <param name="identity">What the earlier run asked, its range pinned.</param>
    /// <param name="expected">What it counted.</param>
    /// <param name="received">Events that it handed on.</param>
    /// <param name="known">The <c>@id</c>s of the last of them, in the order of the walk.</param>
    /// <param name="receivedLate">How many of them were surely ingested after that count.</param>
    /// <param name="lateFrom">Epoch milliseconds from which an ingested event came after it.</param>
    public void ContinueFrom(WalkIdentity identity, long? expected, long received, IEnumerable<string> known, long receivedLate = 0, long? lateFrom = null)
    {
        _range.TakeOver(identity);
        _proof.TakeOver(_range.Job, expected, lateFrom);
        _tally.TakeOver(received, receivedLate);
        foreach (var id in known)
            _known.Add(id);
    }

    /// <summary>Runs the first job, pins the range, and chooses how to get the rest. Called by the pages when it was not before.</summary>
    /// <param name="largestWindow">Events in a window at the most, whatever fits the buffer; <see cref="int.MaxValue"/> when they go to a file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PagingException">The server did not take the search.</exception>
    public async Task OpenAsync(int largestWindow, CancellationToken cancellationToken)
    {
        _first = await _runner.RunAsync(() => _range.Job, _pace, Poll, cancellationToken).AsPagingAsync().ConfigureAwait(false);
        IsAggregate = _first.Metadata.IsAggregate;
        if (!_range.IsConfirmed)
            throw new PagingException(PagingErrorKind.RequestFailed, "The server did not say which absolute range it searched, so the walk cannot be kept from sliding.");
        // Whether there is much or little decides; a result that is whole needs no decision.
        var expected = _first.Metadata.HasMoreEvents == true && _spec.Strategy == SearchStrategy.Auto
            ? await _proof.ExpectedAsync(cancellationToken).ConfigureAwait(false)
            : null;
        Strategy = StrategyChoice.Of(_spec, _first, expected, toFile: largestWindow == int.MaxValue);
        if (Strategy.Value.Name == StrategyChoice.Window)
            await PlanAsync(largestWindow, cancellationToken).ConfigureAwait(false);
        ShowStrategy();
    }

    /// <summary>Takes the whole range in one streamed answer.</summary>
    /// <param name="sink">Where it goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when the stream broke or the count does not agree: nothing was kept, and the range is cut into <see cref="Windows"/> instead, or walked when it cannot be.</returns>
    public async Task<bool> TryStreamAsync(IWindowSink sink, CancellationToken cancellationToken)
    {
        var why = await new ProvedStream(_client, _range, _proof, _spec.MaxEvents).FetchAsync(sink, _tally.Add, cancellationToken).ConfigureAwait(false);
        if (why is null)
        {
            _tally.TakesTime();
            return true;
        }
        Strategy = (StrategyChoice.Window, $"in place of a stream: {why}");
        await PlanAsync(int.MaxValue, cancellationToken).ConfigureAwait(false);
        ShowStrategy();
        return false;
    }

    /// <summary>The pages of the search, newest event first. Enumerate once; then ask <see cref="JudgeAsync"/>.</summary>
    /// <param name="from">From where to go on; null for the beginning.</param>
    /// <param name="cancellationToken">Ends the walk; what was handed on stays good.</param>
    /// <exception cref="PagingException">The walk broke off; it carries the checkpoint to go on from, unless it was one of windows.</exception>
    public async IAsyncEnumerable<Page<EventRecord>> PagesAsync(Checkpoint? from = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (from is null && Strategy is null)
            await OpenAsync(PipelineWindow, cancellationToken).ConfigureAwait(false);
        Strategy ??= StrategyChoice.Resumed(from!.Strategy);
        _tally.Begin(from);
        if (Windows is not null)
        {
            await foreach (var page in new WindowPages(Walk(Buffer!, _tally.AddLate), _tally, _spec).ReadAsync(Windows, cancellationToken).ConfigureAwait(false))
                yield return page;
            yield break;
        }
        var pager = new Pager<QueryJobSpec, QueryResult, EventRecord>(
            new AroundStrategy(_range.Job, _spec.PageSize),
            new JobPerPage(_runner, _pace, _tally.Poll, _first),
            Options with { Expected = _proof.Expected, Limit = _spec.MaxEvents, Deduplicator = _known });
        await foreach (var page in pager.PagesAsync(from, cancellationToken).ConfigureAwait(false))
        {
            _tally.Add(page);
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
        Strategy ??= StrategyChoice.Resumed(StrategyChoice.Window);
        _tally.TakesTime();
        return Walk(buffer, _tally.Add).FetchAsync(windows, sink, cancellationToken);
    }

    /// <summary>Judges what came, counting once more where the walk took time.</summary>
    public Task<Completeness> JudgeAsync(CancellationToken cancellationToken) => IsAggregate
        ? Task.FromResult(_proof.JudgeAggregate(Received))
        : _proof.JudgeAsync(Received, ReceivedLate, _tally.IsOneAnswer, cancellationToken);

    /// <summary>The verdict on a walk that broke off.</summary>
    public Completeness JudgeBroken(string why) => Completeness.Broken(ExpectedBefore, Received, why);

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

    // Of an answer that is not done, too: the first of all pins the range.
    private void Poll(QueryResult answer)
    {
        if (_range.TryPin(answer, _connection.Transport.Host))
        {
            _signals.Verbose(SignalKind.RangePinned, $"range pinned to {_range.Whole}");
            if (!answer.Metadata.IsAggregate)
                _proof.Begin(_range.Job, _stop.Token);
        }
        _tally.Poll(answer);
    }

    private async Task PlanAsync(int largestWindow, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await new WindowPlanning(_connection, _runner, _range.Job, _signals).PlanAsync(Identity, _first!.Events, _spec, largestWindow, cancellationToken).ConfigureAwait(false);
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
        new WindowFetcher(_runner, _range.Job, buffer, Options, () => _proof.LateFrom),
        (window, token) => _proof.CountAsync(window.Start, window.End, token),
        _signals,
        committed);

    private void ShowStrategy() =>
        _signals.Verbose(SignalKind.StrategyChosen, $"strategy {Strategy!.Value.Name}: {Strategy.Value.Reason}");
}
