using System.Diagnostics;
using System.Runtime.CompilerServices;
using LogScalePaging.LogScale.Cql;
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
    private readonly QueryTraits _traits;
    private readonly StrategyPlanning _planning;
    private readonly JobPace _pace = new();
    private readonly SearchEvidence _evidence = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Activity? _activity;
    private IdentitySet _known = new(IdentityMemory.All);
    private Action<IdentitySet>? _recall;
    private QueryResult? _first;
    private ResultBuffer? _oneJob;
    private long _firstRows;
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
        connection.EnsureCan(spec.Strategy);
        _activity = Telemetry.Activities.StartActivity("search");
        (_connection, _spec, _signals) = (connection, spec, signals);
        _client = connection.Client(signals, spec.Repository);
        var gate = new JobGate(spec.Parallel);
        _runner = new QueryJobRunner(_client, gate, spec.JobTimeout);
        _traits = CqlQuery.Analyze(spec.Query);
        _range = new PinnedRange(spec, new WalkIdentity("LogScale", connection.Transport.Host, _client.Repository, spec.Query, spec.Start.Milliseconds, spec.End.Milliseconds)
        {
            Arguments = spec.Arguments,
            Tenant = connection.Tenant,
        }, _traits.WritesTimestamp);
        _proof = new RangeProof(new EventCounter(_runner, signals, _evidence.Note), spec, signals, connection.Transport.Time);
        _tally = new SearchTally(_range, _proof, gate, signals, progress);
        _planning = new StrategyPlanning(connection, _runner, _range, _proof, spec, _traits, signals);
    }

    /// <summary>What is asked; its range is pinned, and its host the account's home, once the first job has answered.</summary>
    public WalkIdentity Identity => _range.Identity;

    /// <summary>What answers: <c>LogScale</c> or <c>NG-SIEM</c>. In <see cref="Identity"/> both are one system, as they speak the same.</summary>
    public string System => _connection.System;

    /// <summary>How the events are got, and why so; null before the first answer.</summary>
    public (string Name, string Reason)? Strategy { get; private set; }

    /// <summary>Why the result may be wrong although the counts agree, in words: then it is Unverified and not Complete. Depends on <see cref="Strategy"/>.</summary>
    public IReadOnlyList<string> Doubts => StrategyChoice.Doubts(Strategy?.Name, _traits);

    /// <summary>The windows that the range was cut into, newest first; null when it is walked page by page.</summary>
    public IReadOnlyList<TimeWindow>? Windows { get; private set; }

    /// <summary>What the server's result buffer was found to be; null unless <see cref="Windows"/> is set.</summary>
    public ResultBuffer? Buffer { get; private set; }

    /// <summary>True when the query writes <c>@timestamp</c>: its rows come in the server's order, and their times may lie outside the range.</summary>
    public bool IsAsSent => _range.AsSent;

    /// <summary>True when the query makes rows of its own instead of handing out events.</summary>
    public bool IsAggregate { get; private set; }

    /// <summary>Events that the server counted when the walk began; null while, or when, that is not known.</summary>
    public long? ExpectedBefore => _proof.ExpectedNow;

    /// <summary>Epoch milliseconds from which an ingested event came after that count; null while, or when, that is not known.</summary>
    public long? LateFrom => _proof.LateFrom;

    /// <summary>What was noticed about the events handed on.</summary>
    public RowNotes Notes => _tally.Notes;

    /// <summary>Events handed on so far.</summary>
    public long Received => _tally.Received;

    /// <summary>Repeated events dropped so far.</summary>
    public long Duplicates => _tally.Duplicates;

    private SearchFacts Facts => new()
    {
        Received = Received,
        Notes = Notes,
        KnownMissing = _tally.Missing,
        Doubts = AllDoubts,
    };

    /// <summary><see cref="Doubts"/>, and what the answers said against the result. A run that goes on with this one needs them.</summary>
    internal IReadOnlyList<string> AllDoubts =>
        [.. Doubts.Concat(_evidence.Doubts).Concat(CountBelow(_firstRows)).Select(_signals.Clean).Distinct(StringComparer.Ordinal)];

    /// <summary>True when a walk came to its end with fewer events than were counted, so that walking again may bring the others.</summary>
    public bool IsShort => Windows is null && !IsAggregate && Strategy?.Name == AroundStrategy.StrategyName && Received < ExpectedBefore && !(Received >= _spec.MaxEvents);

    private PagerOptions Options => new() { Identity = Identity, Signals = _signals, Time = _connection.Transport.Time, MostUncounted = _spec.MostUncounted };

    /// <summary>Goes on where an earlier run broke off instead of starting a new one. Call it before the pages.</summary>
    /// <param name="earlier">What the earlier run asked, counted and handed on.</param>
    public void ContinueFrom(SearchResumption earlier)
    {
        _range.TakeOver(earlier.Identity);
        _proof.TakeOver(_range.Job, earlier.Expected, earlier.LateFrom);
        _tally.TakeOver(earlier.Received, earlier.Notes, earlier.Missing);
        (_recall, IsAggregate) = (earlier.Recall, earlier.IsAggregate);
        foreach (var doubt in earlier.Doubts)
            _evidence.Question(doubt);
    }

    /// <summary>Runs the first job, pins the range, and chooses how to get the rest. Called by the pages when it was not before.</summary>
    /// <param name="largestWindow">Events in a window at the most, whatever fits the buffer; <see cref="int.MaxValue"/> when they go to a file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PagingException">The server did not take the search.</exception>
    public async Task OpenAsync(int largestWindow, CancellationToken cancellationToken)
    {
        _first = await new FirstAnswer(_runner, _range, _proof, _traits, _evidence, _signals).GetAsync(_pace, Poll, cancellationToken).ConfigureAwait(false);
        IsAggregate = _first.Metadata.IsAggregate;
        _firstRows = _first.Events.Count;
        Use(await _planning.ChooseAsync(_first, largestWindow, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Takes the whole range in one streamed answer.</summary>
    /// <param name="sink">Where it goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when the stream broke or the count does not agree: nothing was kept, and <see cref="Strategy"/> says what takes its place.</returns>
    public async Task<bool> TryStreamAsync(IWindowSink sink, CancellationToken cancellationToken)
    {
        var why = await new ProvedStream(_client, _range, _proof, _spec.MaxEvents, _spec.MostUncountedOfStream).FetchAsync(sink, _tally.Add, cancellationToken).ConfigureAwait(false);
        if (why is null)
        {
            _tally.TakesTime();
            return true;
        }
        Use(await _planning.InsteadAsync(StrategyChoice.Stream, why, cancellationToken).ConfigureAwait(false));
        return false;
    }

    /// <summary>Takes the whole range in one job, and so in one evaluation of the query.</summary>
    /// <param name="sink">Where it goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when the job cannot hold the result: nothing was kept, and <see cref="Strategy"/> says what takes its place.</returns>
    public Task<bool> TryOneJobAsync(IWindowSink sink, CancellationToken cancellationToken) => TryOneJobAsync(sink, _tally.Add, cancellationToken);

    /// <summary>
    /// The pages of the search, newest event first. Where they are fewer than were counted, the range is walked again, and what the first
    /// walk lacked comes last. Enumerate once; then ask <see cref="JudgeAsync"/>.
    /// </summary>
    /// <param name="from">From where to go on; null for the beginning.</param>
    /// <param name="cancellationToken">Ends the walk; what was handed on stays good.</param>
    /// <exception cref="PagingException">The walk broke off; it carries the checkpoint to go on from, unless it was one of windows.</exception>
    public async IAsyncEnumerable<Page<EventRecord>> PagesAsync(Checkpoint? from = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var invalid = 0L;
        await foreach (var page in WalkAsync(from, cancellationToken).ConfigureAwait(false))
        {
            invalid += InvalidText.Count(page.Items);
            yield return page;
        }
        await foreach (var page in MissedPagesAsync(cancellationToken).ConfigureAwait(false))
        {
            invalid += InvalidText.Count(page.Items);
            yield return page;
        }
        InvalidText.Report(invalid, _signals);
    }

    /// <summary>The pages of one walk. Where <see cref="IsShort"/> says so afterwards, walk again after <see cref="BeginAgain"/>.</summary>
    /// <inheritdoc cref="PagesAsync"/>
    public async IAsyncEnumerable<Page<EventRecord>> WalkAsync(Checkpoint? from = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (from is null && Strategy is null)
            await OpenAsync(PipelineWindow, cancellationToken).ConfigureAwait(false);
        Strategy ??= StrategyChoice.Resumed(from!.Strategy);
        _tally.Begin(from);
        // All of one job is here before the first page of it is handed on: only then is it certain that it was whole.
        var sink = new OrderedSink();
        var fetch = Strategy?.Name == StrategyChoice.OneJob
            ? TryOneJobAsync(sink, CountedLater, cancellationToken)
            : Task.FromResult(false);
        var isWhole = await fetch.ConfigureAwait(false);
        if (isWhole || Windows is not null)
        {
            _tally.AddMissing(sink.Missing);
            var ahead = _range.AsSent ? 1 : _spec.Parallel;
            var pages = isWhole
                ? sink.NewestFirstAsync(fetch)
                : Walk(Buffer!, CountedLater).PagesAsync(Windows!, ahead, _tally.AddMissing, cancellationToken);
            await foreach (var page in new WindowPages(_tally, _spec.MaxEvents).ReadAsync(pages, cancellationToken).ConfigureAwait(false))
                yield return page;
            yield break;
        }
        _recall?.Invoke(_known);
        await foreach (var page in AroundPages(_known).PagesAsync(from, cancellationToken).ConfigureAwait(false))
        {
            _tally.Add(page);
            yield return page;
        }
    }

    /// <summary>Forgets what a walk brought, so that it can be walked again.</summary>
    public void BeginAgain()
    {
        _signals.Verbose(SignalKind.AnswerReread, FormattableString.Invariant(
            $"the walk received {Received:N0} of {ExpectedBefore:N0} events: the range is walked again"));
        (_known, _first, _recall) = (new IdentitySet(IdentityMemory.All), null, null);
        _tally.TakeOver(0, default, 0);
    }

    // A row that an answer left out once is listed the next time.
    private async IAsyncEnumerable<Page<EventRecord>> MissedPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IsShort)
            yield break;
        _signals.Verbose(SignalKind.AnswerReread, FormattableString.Invariant(
            $"the walk received {Received:N0} of {ExpectedBefore:N0} events: the range is walked again"));
        _first = null;
        await foreach (var page in AroundPages(null).PagesAsync(null, cancellationToken).ConfigureAwait(false))
        {
            var missed = page.Items.Where(e => EventIdentity.Of(in e) is var identity && !identity.IsNone && _known.Add(identity) != Sighting.Known).ToList();
            if (_spec.MaxEvents - Received is { } left && left < missed.Count)
                missed.RemoveRange((int)left, missed.Count - (int)left);
            if (missed.Count == 0)
                continue;
            var found = page with { Items = missed, Next = null, Info = page.Info with { Duplicates = 0, RepeatedIds = 0, WithoutId = 0 } };
            _tally.Add(found);
            yield return found;
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

    /// <summary>Replaces what was noticed about the events by what holds for those that a limit leaves.</summary>
    internal void Keep(RowNotes notes) => _tally.Keep(notes);

    /// <summary>What the times of rows say.</summary>
    internal RowNoting Noting => _range.Noting;

    /// <summary>Judges what came, counting once more where the walk took time.</summary>
    public Task<Completeness> JudgeAsync(CancellationToken cancellationToken) => IsAggregate
        ? Task.FromResult(_proof.JudgeAggregate(Facts, _traits.DefaultLimit(Received)))
        : _proof.JudgeAsync(Facts, _tally.IsOneAnswer, cancellationToken);

    /// <summary>The verdict on a walk that broke off.</summary>
    public Completeness JudgeBroken(string why) => Completeness.Broken(ExpectedBefore, Received, why, _spec.MaxEvents);

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

    // What is fetched ahead of a reader counts when it is handed on.
    private static void CountedLater(FetchedWindow window)
    {
    }

    // Of an answer that is not done, too: the first of all pins the range.
    private void Poll(QueryResult answer)
    {
        if (_range.TryPin(answer, _connection.Transport.Host))
        {
            _signals.Verbose(SignalKind.RangePinned, $"range pinned to {_range.Whole}");
            if (!TrustedAnswer.Of(answer, _traits).Metadata.IsAggregate)
                _proof.Begin(_range.Job, _stop.Token);
        }
        _tally.Poll(answer);
    }

    private Pager<QueryJobSpec, QueryResult, EventRecord> AroundPages(IdentitySet? known) => new(
        new AroundStrategy(_range.Job, _spec.PageSize, asSent: _range.AsSent),
        new JobPerPage(_runner, _pace, _evidence, _signals, _tally.Poll, _first),
        Options with { Expected = _proof.Expected, Limit = _spec.MaxEvents, Known = known, Allowance = Math.Max(10_000, 2L * _spec.PageSize), Recount = _proof.CountAsync });

    private async Task<bool> TryOneJobAsync(IWindowSink sink, Action<FetchedWindow> committed, CancellationToken cancellationToken)
    {
        var fetch = new OneJobFetch(_runner, _range, _proof, _spec.MaxEvents, Options, _evidence);
        var why = await fetch.FetchAsync(_oneJob!, sink, committed, isLast: !_planning.HasOther, cancellationToken).ConfigureAwait(false);
        if (why is null)
        {
            _tally.TakesTime();
            return true;
        }
        Use(await _planning.InsteadAsync(StrategyChoice.OneJob, why, cancellationToken).ConfigureAwait(false));
        return false;
    }

    private WindowWalk Walk(ResultBuffer buffer, Action<FetchedWindow> committed)
    {
        var fetcher = new WindowFetcher(_runner, _range.Job, buffer, Options, _range, () => _proof.LateFrom, _evidence);
        fetcher.Recall(_recall);
        return new WindowWalk(fetcher, (range, token) => _proof.CountAsync(range.Start, range.End, token), _signals, committed, () => _proof.ExpectedNow, oneByOne: _range.AsSent);
    }

    // The count ran beside the first job or after it, so it cannot be smaller than what that listed.
    private IEnumerable<string> CountBelow(long rows) =>
        ExpectedBefore < rows ? [FormattableString.Invariant(
            $"the server counted {ExpectedBefore:N0} events, but its first answer lists {rows:N0}")] : [];

    private void Use(ChosenStrategy chosen)
    {
        Strategy = (chosen.Name, chosen.Reason);
        (Windows, Buffer, _oneJob) = (chosen.Windows, chosen.Windows is null ? null : chosen.Buffer, chosen.Buffer);
        _signals.Verbose(SignalKind.StrategyChosen, $"strategy {chosen.Name}: {chosen.Reason}");
        foreach (var doubt in Doubts)
            _signals.Warn(SignalKind.StrategyChosen, $"the result will not be verified: {doubt}");
    }
}
