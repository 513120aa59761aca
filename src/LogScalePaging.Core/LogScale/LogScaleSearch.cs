using System.Diagnostics;
using System.Runtime.CompilerServices;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Events;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.LogScale.Streaming;
using LogScalePaging.LogScale.Walks;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale;

/// <summary>
/// A search of LogScale: runs the first job, pins the range, counts, reads past the result buffer, and judges the result. Disposing it
/// deletes the remaining jobs.
/// </summary>
internal sealed partial class LogScaleSearch : ISearch
{
    // This number and the number of jobs limit the windows that wait in the pipeline.
    private const int PipelineWindow = 5_000;

    private readonly LogScaleSearchConnection _connection;
    private readonly SearchSpec _spec;
    private readonly SignalLog _signals;
    private readonly QueryJobClient _client;
    private readonly QueryJobRunner _runner;
    private readonly PinnedRange _range;
    private readonly RangeProof _proof;
    private readonly SearchTally _tally;
    private readonly QueryTraits _traits;
    private readonly StrategyPlanning _planning;
    private readonly RangeHistogram _histogram;
    private readonly JobPace _pace = new();
    private readonly SearchEvidence _evidence = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Activity? _activity;
    private IdentitySet _known = new(IdentityMemory.All);
    private Action<IdentitySet>? _recall;
    private QueryResult? _first;
    private FirstResult? _opened;
    private Action _beginCount;
    private long _firstRows;
    private int _disposed;

    /// <summary>Prepares a search. Nothing is sent yet.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="spec">The search.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="progress">Receives every page and every poll.</param>
    /// <exception cref="ArgumentException">The search is not valid.</exception>
    public LogScaleSearch(LogScaleSearchConnection connection, SearchSpec spec, SignalLog signals, Action<SearchProgress>? progress = null)
    {
        spec.EnsureValid();
        connection.EnsureCan(spec.Strategy);
        _activity = Telemetry.Activities.StartActivity("search");
        (_connection, _spec, _signals) = (connection, spec, signals);
        _client = connection.Client(signals, spec.Repository);
        var gate = new JobGate(spec.Parallel);
        _runner = new QueryJobRunner(_client, gate, spec.JobTimeout);
        _traits = CqlQuery.Analyze(spec.Query);
        _range = new PinnedRange(spec,
            new WalkIdentity(SearchSpec.SystemName, connection.Transport.Host, _client.Repository, spec.Query, spec.Start.Milliseconds,
                spec.End.Milliseconds)
            {
                Arguments = spec.Arguments,
                Tenant = connection.Tenant,
            }, _traits.WritesTimestamp);
        _proof = new RangeProof(new EventCounter(_runner, signals, _evidence.Note), _range, spec, signals, connection.Transport.Time);
        _tally = new SearchTally(_range, _proof, gate, signals, progress);
        _histogram = new RangeHistogram(_runner, _range, _proof, spec, signals);
        _planning = new StrategyPlanning(
            connection.Buffers, !connection.IsGateway, _runner, _range, _proof, _histogram, spec, _traits, signals);
        _beginCount = CountPinned;
    }

    /// <inheritdoc/>
    public WalkIdentity Identity => _range.Identity;

    /// <inheritdoc/>
    public string System => _connection.System;

    /// <inheritdoc/>
    public RecordSchema Schema => LogScaleEvents.Schema;

    /// <inheritdoc/>
    public FetchPlan? Plan { get; private set; }

    /// <inheritdoc/>
    public string PageStrategy => nameof(SearchStrategy.Around);

    /// <summary>
    /// What is known about the server's result buffer; null before it was tested, and for a strategy that does not use it.
    /// </summary>
    internal ResultBuffer? Buffer { get; private set; }

    /// <summary>The part of the range that could still change when it was pinned.</summary>
    internal ChangingPart Changing => _range.Changing;

    /// <inheritdoc/>
    public bool IsAsSent => _range.AsSent;

    /// <inheritdoc/>
    public bool IsAggregate { get; private set; }

    /// <inheritdoc/>
    public long? ExpectedBefore => _proof.ExpectedNow;

    /// <inheritdoc/>
    public long? LateFrom => _proof.LateFrom;

    /// <inheritdoc/>
    public RowNotes Notes => _tally.Notes;

    /// <inheritdoc/>
    public long Received => _tally.Received;

    /// <inheritdoc/>
    public long Duplicates => _tally.Duplicates;

    private SearchFacts Facts => new()
    {
        Received = Received,
        Notes = Notes,
        KnownMissing = _tally.Missing,
        Doubts = Doubts,
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> Doubts =>
        [.. StrategyChoice.Doubts(Plan?.Strategy, _traits).Concat(_evidence.Doubts).Concat(CountBelow(_firstRows)).Select(_signals.Clean)
            .Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public bool IsShort => !IsAggregate && Plan?.Strategy == nameof(SearchStrategy.Around) && Received < ExpectedBefore
        && !Limit.IsReached(Received);

    private RecordLimit Limit => new(_spec.MaxEvents);

    private PagerOptions Options =>
        new() { Identity = Identity, Signals = _signals, Time = _connection.Transport.Time, MostUncounted = _spec.MostUncounted };

    /// <inheritdoc/>
    public void EnsureCanContinue(SavedPlan saved) => SavedPlanCheck.EnsureUsable(saved);

    /// <inheritdoc/>
    public void ContinueFrom(SearchResumption earlier)
    {
        // Nothing was kept of a single answer that was not complete. It is requested again, over the pinned range.
        if (earlier.Plan is { Strategy: nameof(SearchStrategy.Stream) or nameof(SearchStrategy.OneJob), Left.Count: > 0 })
            earlier = new SearchResumption(earlier.Identity);
        _range.TakeOver(earlier.Identity);
        _proof.TakeOver(_range.Job, earlier.Expected, earlier.LateFrom);
        _tally.TakeOver(earlier.Received, earlier.Notes, earlier.Missing);
        (_recall, IsAggregate) = (earlier.Recall is { } recall ? known => recall(e => known.Add(RecordIdentity.Of(in e))) : null,
            earlier.IsAggregate);
        foreach (var doubt in earlier.Doubts)
            _evidence.Question(doubt);
        if (earlier.Plan is { Strategy: nameof(SearchStrategy.Window), Left: { Count: > 0 } left } windows)
        {
            Buffer = ResultBuffer.FromNotes(windows.Notes);
            Plan = Resumed(windows.Strategy) with { Windows = left, IsParallel = true };
        }
    }

    /// <inheritdoc/>
    public async Task OpenAsync(bool toFile, CancellationToken cancellationToken)
    {
        if (await TryOpenTailAsync(toFile ? int.MaxValue : PipelineWindow, cancellationToken).ConfigureAwait(false))
            return;
        var started = _connection.Transport.Time.GetTimestamp();
        _first = await NewFirstAnswer().GetAsync(_pace, Poll, cancellationToken).ConfigureAwait(false);
        Sample(_first.Events, started);
        IsAggregate = _first.Metadata.IsAggregate;
        _firstRows = _first.Events.Count;
        Use(await _planning.ChooseAsync(_first, toFile ? int.MaxValue : PipelineWindow, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async Task<bool> FetchWindowsAsync(IReadOnlyList<TimeWindow> windows, IWindowSink sink, CancellationToken cancellationToken)
    {
        switch (Plan!.Strategy)
        {
            case nameof(SearchStrategy.Stream):
                return await TryStreamAsync(sink, cancellationToken).ConfigureAwait(false);
            case nameof(SearchStrategy.OneJob):
                return await TryOneJobAsync(sink, _tally.Add, cancellationToken).ConfigureAwait(false);
            default:
                await FetchWindowsAsync(windows, Buffer!, sink, cancellationToken).ConfigureAwait(false);
                return true;
        }
    }

    /// <summary>Reads the whole range as a stream.</summary>
    /// <returns>
    /// False if the stream broke or the count does not agree: nothing was kept, and <see cref="Plan"/> has another strategy.
    /// </returns>
    internal async Task<bool> TryStreamAsync(IWindowSink sink, CancellationToken cancellationToken)
    {
        var why = await new ProvedStream(_client, _range, _proof, _spec.MaxEvents, _spec.MostUncountedOfStream).FetchAsync(sink, _tally.Add,
            cancellationToken).ConfigureAwait(false);
        if (why is null)
        {
            _tally.TakesTime();
            return true;
        }
        Use(await _planning.InsteadAsync(SearchStrategy.Stream, why, cancellationToken).ConfigureAwait(false));
        return false;
    }

    /// <summary>
    /// The pages of the search, newest event first. If there are fewer events than were counted, the range is walked again, and the
    /// missing events come last.
    /// </summary>
    /// <inheritdoc/>
    public async IAsyncEnumerable<Page<Record>> PagesAsync(Checkpoint? from = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var invalid = 0L;
        await foreach (var page in WalkAsync(from, cancellationToken).ConfigureAwait(false))
        {
            invalid += InvalidText.Count(page.Items);
            yield return page;
        }
        await foreach (var page in MissedByFirstJobAsync(cancellationToken).ConfigureAwait(false))
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

    /// <inheritdoc/>
    public async IAsyncEnumerable<Page<Record>> WalkAsync(Checkpoint? from = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (from is null && Plan is null && HandsOnFirst)
        {
            await foreach (var page in FirstPagesAsync(cancellationToken).ConfigureAwait(false))
                yield return page;
            if (_isWhole)
                yield break;
        }
        else if (from is null && Plan is null)
        {
            await OpenAsync(toFile: false, cancellationToken).ConfigureAwait(false);
        }
        Plan ??= Resumed(from!.Strategy);
        if (!_handsOn)
            _tally.Begin(from);
        // All rows of the job are read before the first page is passed on, because only then is it certain that they are complete.
        var sink = new OrderedSink();
        var fetch = Plan.Strategy == nameof(SearchStrategy.OneJob)
            ? TryOneJobAsync(sink, CountedLater, cancellationToken)
            : Task.FromResult(false);
        var isWhole = await fetch.ConfigureAwait(false);
        if (isWhole || Plan.Strategy == nameof(SearchStrategy.Window))
        {
            _tally.AddMissing(sink.Missing);
            var ahead = _range.AsSent ? 1 : _spec.Parallel;
            var pages = isWhole
                ? sink.InOrderAsync(fetch)
                : Walk(Buffer!, CountedLater).PagesAsync(Plan.Windows!, ahead, AddMissing, cancellationToken);
            if (_handsOn)
                pages = NotHandedOn(pages);
            await foreach (var page in new WindowPages(_tally, Limit).ReadAsync(pages, cancellationToken).ConfigureAwait(false))
                yield return page;
            yield break;
        }
        _recall?.Invoke(_known);
        var handedOn = _handsOn ? Received : 0;
        await foreach (var page in AroundPages(_known, handedOn).PagesAsync(from, cancellationToken).ConfigureAwait(false))
        {
            if (_handsOn)
            {
                // A page with only known events is not handed on.
                if (page.Items.Count > 0 || page.Info.End is not null)
                    yield return _tally.Number(page with { Info = page.Info with { Duplicates = 0 } }, page.Info.End);
                continue;
            }
            _tally.Add(page);
            yield return page;
        }
    }

    /// <inheritdoc/>
    public void BeginAgain()
    {
        _signals.Verbose(SignalKind.AnswerReread, FormattableString.Invariant(
            $"the range is walked again, because the walk received {Received:N0} of {ExpectedBefore:N0} events"));
        (_known, _first, _recall) = (new IdentitySet(IdentityMemory.All), null, null);
        _tally.TakeOver(0, default, 0);
    }

    // A row that was missing in one answer is usually in the next one.
    private async IAsyncEnumerable<Page<Record>> MissedPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IsShort)
            yield break;
        _signals.Verbose(SignalKind.AnswerReread, FormattableString.Invariant(
            $"the range is walked again, because the walk received {Received:N0} of {ExpectedBefore:N0} events"));
        _first = null;
        await foreach (var page in AroundPages(null).PagesAsync(null, cancellationToken).ConfigureAwait(false))
        {
            var missed = page.Items.Where(
                e => RecordIdentity.Of(in e) is var identity && !identity.IsNone && _known.Add(identity) != Sighting.Known).ToList();
            var info = page.Info with { Duplicates = 0, RepeatedIds = 0, WithoutId = 0 };
            var found = Limit.Cut(page with { Items = missed, Next = null, Info = info }, Received);
            if (found.Items.Count == 0)
                continue;
            _tally.Add(found);
            yield return found;
        }
    }

    /// <summary>Fetches windows with a result buffer, which may differ from the one that was found.</summary>
    internal Task FetchWindowsAsync(IReadOnlyList<TimeWindow> windows, ResultBuffer buffer, IWindowSink sink,
        CancellationToken cancellationToken)
    {
        _tally.TakesTime();
        return Walk(buffer, _tally.Add).FetchAsync(windows, sink, cancellationToken);
    }

    /// <inheritdoc/>
    public void Keep(RowNotes notes) => _tally.Keep(notes);

    /// <inheritdoc/>
    public long CountOutside(IReadOnlyList<Record> records) => _range.Noting.Outside(records);

    /// <inheritdoc/>
    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await new EventCounter(_runner, _signals).AskAsync(_range.Job, cancellationToken).ConfigureAwait(false)).Count;

    /// <inheritdoc/>
    public Task<Completeness> JudgeAsync(CancellationToken cancellationToken) => IsAggregate
        ? Task.FromResult(_proof.JudgeAggregate(Facts, _traits.DefaultLimit(Received)))
        : _proof.JudgeAsync(Facts, _tally.IsOneAnswer, cancellationToken);

    /// <inheritdoc/>
    public Completeness JudgeBroken(string why) => Completeness.Broken(ExpectedBefore, Received, why, _spec.MaxEvents);

    /// <summary>Deletes the remaining jobs of the search on the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _stop.Cancel();
        await _proof.SettleAsync().ConfigureAwait(false);
        await _runner.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
        _activity?.SetTag("logscalepaging.strategy", Plan?.Strategy).SetTag("logscalepaging.events", Received);
        _activity?.Dispose();
    }

    private static FetchPlan Resumed(string strategy) => new(strategy, "resumed from a checkpoint");

    // Events that are read ahead are counted when they are passed on.
    private static void CountedLater(FetchedWindow window)
    {
    }

    // The first job is a tail() that returns the whole result, or shows that windows are needed.
    private async Task<bool> TryOpenTailAsync(int largestWindow, CancellationToken cancellationToken)
    {
        if (!FirstTail.IsFirst(_spec, _traits))
            return false;
        // The sum of the histogram is the count, and windows are planned with it.
        _beginCount = () => _histogram.Begin(_stop.Token);
        for (var isLast = false; ; isLast = true)
        {
            var started = _connection.Transport.Time.GetTimestamp();
            var found = await FirstTailAsync(keepsCut: false, cancellationToken).ConfigureAwait(false);
            if (found is null)
                break;
            Sample(found.Answer.Events, started);
            _firstRows = found.Answer.Events.Count;
            if (!found.IsCut && !found.HoldsAll)
            {
                _opened = found;
                Use(_planning.Opened(found, largestWindow));
                return true;
            }
            var expected = await _proof.ConfirmedAsync(found.Total, isAll: !found.IsCut, cancellationToken).ConfigureAwait(false);
            var isShort = !found.IsCut && found.Total < Math.Min(expected ?? 0, _spec.MaxEvents ?? long.MaxValue);
            if (!isShort || isLast)
            {
                _first = found.Sorted(hasMore: found.IsCut || isShort);
                Use(await _planning.ChooseAsync(_first, largestWindow, cancellationToken).ConfigureAwait(false));
                // Rows of tail() may have fewer fields than those of the pages that would follow.
                if (Plan!.Strategy == nameof(SearchStrategy.Around))
                    _first = null;
                return true;
            }
            _signals.Verbose(SignalKind.AnswerReread, FormattableString.Invariant(
                $"the first job is run again: it has {found.Total:N0} of {expected:N0} events"));
        }
        _beginCount = CountPinned;
        if (_range.IsConfirmed && _histogram.Looked is null)
            CountPinned();
        return false;
    }

    private void CountPinned() => _proof.Begin(_range.Job, _stop.Token);

    // An answer of a job that is not done also pins the range.
    private void Poll(QueryResult answer)
    {
        if (_range.TryPin(answer, _connection.Transport.Host))
        {
            _signals.Verbose(SignalKind.RangePinned, $"range pinned to {_range.Whole}");
            if (!TrustedAnswer.Of(answer, _traits).Metadata.IsAggregate)
                _beginCount();
        }
        _tally.Poll(answer);
    }

    // Events that were handed on already are known, and are not among those of the walk.
    private Pager<QueryJobSpec, QueryResult, Record> AroundPages(IdentitySet? known, long handedOn = 0) => new(
        new AroundStrategy(_range.Job, _spec.PageSize, asSent: _range.AsSent),
        new JobPerPage(_runner, _pace, _evidence, _signals, _tally.Poll, _first),
        Options with
        {
            Expected = handedOn == 0 ? _proof.Expected : _proof.ExpectedAfterAsync(handedOn),
            Limit = _spec.MaxEvents - handedOn,
            Known = known,
            Allowance = Math.Max(10_000, 2L * _spec.PageSize),
            Recount = _proof.CountAsync,
        });

    private async Task<bool> TryOneJobAsync(IWindowSink sink, Action<FetchedWindow> committed, CancellationToken cancellationToken)
    {
        var opened = Interlocked.Exchange(ref _opened, null);
        var fetch = new OneJobFetch(_runner, _range, _proof, _spec.MaxEvents, Options, _evidence, opened);
        var why = await fetch.FetchAsync(Buffer!, sink, committed, isLast: !_planning.HasOther, cancellationToken).ConfigureAwait(false);
        if (why is null)
        {
            // The first job was counted beside it. A later one was not.
            if (opened is null)
                _tally.TakesTime();
            return true;
        }
        Use(await _planning.InsteadAsync(SearchStrategy.OneJob, why, cancellationToken).ConfigureAwait(false));
        return false;
    }

    private WindowWalk Walk(ResultBuffer buffer, Action<FetchedWindow> committed)
    {
        var fetcher = new WindowFetcher(_runner, _range.Job, buffer, Options, _range, () => _proof.LateFrom, _evidence);
        fetcher.Recall(_recall);
        var planning = new WindowPlanning(_connection.Buffers, _runner, _range.Job, _signals);
        return new WindowWalk(
            fetcher,
            (range, token) => _proof.CountAsync(range.Start, range.End, token),
            _signals,
            committed,
            () => _proof.ExpectedNow,
            oneByOne: _range.AsSent,
            // A histogram of a query that writes @timestamp would show the written times.
            replan: _range.AsSent
                ? null
                : (window, token) => planning.SplitAsync(window, (int)Math.Min(fetcher.Capacity, int.MaxValue), token));
    }

    // The count ran in parallel to the first job or after it, so it cannot be smaller than the number of listed rows.
    private IEnumerable<string> CountBelow(long rows) =>
        ExpectedBefore < rows ? [FormattableString.Invariant(
            $"the server counted {ExpectedBefore:N0} events, but its first answer lists {rows:N0}")] : [];

    private void Use(ChosenStrategy chosen)
    {
        var isOneAnswer = chosen.Strategy is SearchStrategy.Stream or SearchStrategy.OneJob;
        Buffer = chosen.Buffer;
        Plan = new FetchPlan(chosen.Strategy.ToString(), chosen.Reason)
        {
            Windows = isOneAnswer ? [_range.Whole] : chosen.Windows,
            IsParallel = chosen.Windows is not null,
            Notes = chosen.Windows is not null ? chosen.Buffer!.ToNotes() : new Dictionary<string, string>(),
        };
        _signals.Verbose(SignalKind.StrategyChosen, $"strategy {chosen.Strategy}: {chosen.Reason}");
        foreach (var doubt in StrategyChoice.Doubts(chosen.Strategy.ToString(), _traits))
            _signals.Warn(SignalKind.StrategyChosen, $"the result will not be verified: {doubt}");
    }
}
