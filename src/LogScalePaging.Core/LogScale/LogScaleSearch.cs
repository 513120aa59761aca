using System.Diagnostics;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Events;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Walks;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale;

/// <summary>
/// A search of LogScale: runs the first job, pins the range, counts, reads past the result buffer, and judges the result. Disposing it
/// deletes the remaining jobs.
/// </summary>
internal sealed class LogScaleSearch : ISearch
{
    private readonly LogScaleSearchConnection _connection;
    private readonly SearchParts _parts;
    private readonly SearchPlan _plan;
    private readonly FirstJob _firstJob;
    private readonly StrategyWalks _walks;
    private readonly SearchPages _pages;
    private readonly Activity? _activity;
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
        _connection = connection;
        _parts = new SearchParts(
            connection.Client(signals, spec.Repository), connection.Buffers, !connection.IsGateway, connection.Tenant, spec, signals,
            progress);
        _plan = new SearchPlan(_parts);
        _firstJob = new FirstJob(_parts, _plan);
        _walks = new StrategyWalks(_parts, _plan, _firstJob);
        _pages = new SearchPages(_parts, _plan, _firstJob, _walks);
    }

    /// <inheritdoc/>
    public WalkIdentity Identity => _parts.Range.Identity;

    /// <inheritdoc/>
    public string System => _connection.System;

    /// <inheritdoc/>
    public RecordSchema Schema => LogScaleEvents.Schema;

    /// <inheritdoc/>
    public FetchPlan? Plan => _plan.Current;

    /// <inheritdoc/>
    public string PageStrategy => nameof(SearchStrategy.Around);

    /// <inheritdoc cref="SearchPlan.Buffer"/>
    internal ResultBuffer? Buffer => _plan.Buffer;

    /// <summary>The part of the range that could still change when it was pinned.</summary>
    internal ChangingPart Changing => _parts.Range.Changing;

    /// <inheritdoc/>
    public bool IsAsSent => _parts.Range.AsSent;

    /// <inheritdoc/>
    public bool IsAggregate => _firstJob.IsAggregate;

    /// <inheritdoc/>
    public long? ExpectedBefore => _parts.Proof.ExpectedNow;

    /// <inheritdoc/>
    public long? LateFrom => _parts.Proof.LateFrom;

    /// <inheritdoc/>
    public RowNotes Notes => _parts.Tally.Notes;

    /// <inheritdoc/>
    public long Received => _parts.Tally.Received;

    /// <inheritdoc/>
    public long Duplicates => _parts.Tally.Duplicates;

    /// <inheritdoc/>
    public IReadOnlyList<string> Doubts =>
        [.. _plan.Doubts.Concat(_parts.Evidence.Doubts).Concat(_firstJob.Doubts).Select(_parts.Signals.Clean)
            .Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public bool IsShort => _pages.AreShort;

    private SearchFacts Facts => new()
    {
        Received = Received,
        Notes = Notes,
        KnownMissing = _parts.Tally.Missing,
        Doubts = Doubts,
    };

    /// <inheritdoc/>
    public void EnsureCanContinue(SavedPlan saved) => SavedPlanCheck.EnsureUsable(saved);

    /// <inheritdoc/>
    public void ContinueFrom(SearchResumption earlier)
    {
        // Nothing was kept of a single answer that was not complete. It is requested again, over the pinned range.
        if (earlier.Plan is { Strategy: nameof(SearchStrategy.Stream) or nameof(SearchStrategy.OneJob), Left.Count: > 0 })
            earlier = new SearchResumption(earlier.Identity);
        _parts.Range.TakeOver(earlier.Identity);
        _parts.Proof.TakeOver(_parts.Range.Job, earlier.Expected, earlier.LateFrom);
        _parts.Tally.TakeOver(earlier.Received, earlier.Notes, earlier.Missing);
        _walks.Recall = earlier.Recall is { } recall ? known => recall(e => known.Add(RecordIdentity.Of(in e))) : null;
        _firstJob.IsAggregate = earlier.IsAggregate;
        foreach (var doubt in earlier.Doubts)
            _parts.Evidence.Question(doubt);
        _plan.Resume(earlier.Plan);
    }

    /// <inheritdoc/>
    public Task OpenAsync(bool toFile, CancellationToken cancellationToken) =>
        _firstJob.OpenAsync(toFile ? int.MaxValue : FirstPages.LargestWindow, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> FetchWindowsAsync(IReadOnlyList<TimeWindow> windows, IWindowSink sink, CancellationToken cancellationToken)
    {
        switch (Plan!.Strategy)
        {
            case nameof(SearchStrategy.Stream):
                return await _walks.TryStreamAsync(sink, cancellationToken).ConfigureAwait(false);
            case nameof(SearchStrategy.OneJob):
                return await _walks.TryOneJobAsync(sink, _parts.Tally.Add, cancellationToken).ConfigureAwait(false);
            default:
                await FetchWindowsAsync(windows, Buffer!, sink, cancellationToken).ConfigureAwait(false);
                return true;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Page<Record>> PagesAsync(Checkpoint? from = null, CancellationToken cancellationToken = default) =>
        _pages.ReadAsync(from, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Page<Record>> WalkAsync(Checkpoint? from = null, CancellationToken cancellationToken = default) =>
        _pages.WalkAsync(from, cancellationToken);

    /// <inheritdoc/>
    public void BeginAgain() => _pages.BeginAgain();

    /// <inheritdoc cref="StrategyWalks.TryStreamAsync"/>
    internal Task<bool> TryStreamAsync(IWindowSink sink, CancellationToken cancellationToken) =>
        _walks.TryStreamAsync(sink, cancellationToken);

    /// <summary>Fetches windows with a result buffer, which may differ from the one that was found.</summary>
    internal Task FetchWindowsAsync(IReadOnlyList<TimeWindow> windows, ResultBuffer buffer, IWindowSink sink,
        CancellationToken cancellationToken)
    {
        _parts.Tally.TakesTime();
        return _walks.Windows(buffer, _parts.Tally.Add).FetchAsync(windows, sink, cancellationToken);
    }

    /// <inheritdoc/>
    public void Keep(RowNotes notes) => _parts.Tally.Keep(notes);

    /// <inheritdoc/>
    public long CountOutside(IReadOnlyList<Record> records) => _parts.Range.Noting.Outside(records);

    /// <inheritdoc/>
    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await new EventCounter(_parts.Runner, _parts.Signals, _parts.Evidence.Note)
            .AskAsync(_parts.Range.Job, cancellationToken).ConfigureAwait(false)).Count;

    /// <inheritdoc/>
    public async Task<SearchEstimate> EstimateAsync(CancellationToken cancellationToken)
    {
        // It opens like an export, so the strategy is the one that an export would use.
        await OpenAsync(toFile: true, cancellationToken).ConfigureAwait(false);
        // An aggregate has no count. Its rows are the result.
        var count = IsAggregate ? _firstJob.Sample.Count : await _parts.Proof.ExpectedAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var found = new SearchEstimate
        {
            Count = count,
            WhyNoCount = count is null ? _parts.Proof.WhyNoCount() : null,
            Limit = _parts.Spec.MaxEvents,
        };
        var (jobs, steps) = _plan.Work(found.Wanted);
        return found.With(_firstJob.Sample, _firstJob.SampleTime) with { Jobs = jobs, Steps = steps };
    }

    /// <inheritdoc/>
    public Task<Completeness> JudgeAsync(CancellationToken cancellationToken) => IsAggregate
        ? Task.FromResult(_parts.Proof.JudgeAggregate(Facts, _parts.Traits.DefaultLimit(Received)))
        : _parts.Proof.JudgeAsync(Facts, _parts.Tally.IsOneAnswer, cancellationToken);

    /// <inheritdoc/>
    public Completeness JudgeBroken(string why) => Completeness.Broken(ExpectedBefore, Received, why, _parts.Spec.MaxEvents);

    /// <summary>Deletes the remaining jobs of the search on the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _parts.DisposeAsync().ConfigureAwait(false);
        _activity?.SetTag("logscalepaging.strategy", Plan?.Strategy).SetTag("logscalepaging.events", Received);
        _activity?.Dispose();
    }
}
