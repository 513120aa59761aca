using System.Runtime.CompilerServices;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale;

/// <summary>
/// The nearest events before and after an event. A range that has them is found first, and an ordinary search reads and proves the whole
/// range. So no event between two others is missing, whatever the server lists around an event.
/// </summary>
internal sealed class AroundSearch : ISearch
{
    private const string NotForFiles = "A search around an event emits its events, and has no checkpoint.";

    private readonly LogScaleSearchConnection _connection;
    private readonly SearchSpec _spec;
    private readonly AroundAnchor _anchor;
    private readonly SignalLog _signals;
    private readonly Action<SearchProgress>? _progress;
    private LogScaleSearch _search;

    /// <param name="connection">The connection.</param>
    /// <param name="spec">The search, with its event and an absolute range.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="progress">Receives every page and every poll.</param>
    /// <exception cref="ArgumentException">The search is not valid.</exception>
    public AroundSearch(LogScaleSearchConnection connection, SearchSpec spec, SignalLog signals, Action<SearchProgress>? progress)
    {
        (_connection, _spec, _signals, _progress) = (connection, spec, signals, progress);
        _anchor = spec.Around ?? throw new ArgumentException("The search has no event to search around.", nameof(spec));
        var traits = CqlQuery.Analyze(spec.Query);
        if (traits.IsAggregate || traits.WritesTimestamp)
        {
            throw new ArgumentException("The numbers of events before and after an event need a query that returns events with their own "
                + "time. Search a length of time before and after the event instead.");
        }
        _search = Over(spec.Start, spec.End);
    }

    /// <inheritdoc/>
    public WalkIdentity Identity => _search.Identity;

    /// <inheritdoc/>
    public string System => _search.System;

    /// <inheritdoc/>
    public RecordSchema Schema => _search.Schema;

    /// <inheritdoc/>
    public FetchPlan? Plan => _search.Plan;

    /// <inheritdoc/>
    public string PageStrategy => _search.PageStrategy;

    /// <inheritdoc/>
    public bool IsAsSent => _search.IsAsSent;

    /// <inheritdoc/>
    public bool IsAggregate => _search.IsAggregate;

    /// <inheritdoc/>
    public IReadOnlyList<string> Doubts => _search.Doubts;

    /// <inheritdoc/>
    public long? ExpectedBefore => _search.ExpectedBefore;

    /// <inheritdoc/>
    public long? LateFrom => _search.LateFrom;

    /// <inheritdoc/>
    public long Received { get; private set; }

    /// <inheritdoc/>
    public long Duplicates => _search.Duplicates;

    /// <inheritdoc/>
    public RowNotes Notes => _search.Notes;

    /// <inheritdoc/>
    public bool IsShort => false;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Page<Record>> PagesAsync(Checkpoint? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var range = await FindAsync(cancellationToken).AsPagingAsync().ConfigureAwait(false);
        await _search.DisposeAsync().ConfigureAwait(false);
        _search = Over(QueryTime.At(range.Start), QueryTime.At(range.End));
        var events = new List<Record>();
        var last = new PageInfo();
        // Only the whole range shows which events are the nearest ones: an event that was missed at first comes last.
        await foreach (var page in _search.PagesAsync(null, cancellationToken).ConfigureAwait(false))
        {
            events.AddRange(page.Items);
            last = page.Info;
        }
        var nearest = new Page<Record>(NearestEvents.Of(events, _anchor), null, last with
        {
            Number = 1,
            Total = ExpectedBefore,
            End = last.End ?? new WalkEnd(EndReason.Whole, "every event of the range is read"),
        });
        nearest = new RecordLimit(_spec.MaxEvents).Cut(nearest, 0);
        Received = nearest.Items.Count;
        yield return nearest;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Page<Record>> WalkAsync(Checkpoint? from, CancellationToken cancellationToken) =>
        PagesAsync(from, cancellationToken);

    /// <inheritdoc/>
    public async Task<Completeness> JudgeAsync(CancellationToken cancellationToken)
    {
        var verdict = await _search.JudgeAsync(cancellationToken).ConfigureAwait(false);
        if (verdict.State == CompletenessState.Complete && Received != verdict.Received)
        {
            verdict = verdict with
            {
                Reason = FormattableString.Invariant(
                    $"{verdict.Reason}; {Received:N0} of the {verdict.Received:N0} events of the range are the nearest ones"),
            };
        }
        return verdict with { Received = Received };
    }

    /// <inheritdoc/>
    public Completeness JudgeBroken(string why) => _search.JudgeBroken(why) with { Received = Received };

    /// <inheritdoc/>
    public Task<SearchEstimate> EstimateAsync(CancellationToken cancellationToken) => throw new InvalidOperationException(NotForFiles);

    /// <inheritdoc/>
    public Task<long> CountAsync(CancellationToken cancellationToken) => _search.CountAsync(cancellationToken);

    /// <inheritdoc/>
    public long CountOutside(IReadOnlyList<Record> records) => _search.CountOutside(records);

    /// <inheritdoc/>
    public void Keep(RowNotes notes) => _search.Keep(notes);

    /// <inheritdoc/>
    public void EnsureCanContinue(SavedPlan saved) => throw new FormatException(NotForFiles);

    /// <inheritdoc/>
    public void ContinueFrom(SearchResumption earlier) => throw new InvalidOperationException(NotForFiles);

    /// <inheritdoc/>
    public Task OpenAsync(bool toFile, CancellationToken cancellationToken) => throw new InvalidOperationException(NotForFiles);

    /// <inheritdoc/>
    public void BeginAgain() => throw new InvalidOperationException(NotForFiles);

    /// <inheritdoc/>
    public Task<bool> FetchWindowsAsync(IReadOnlyList<TimeWindow> windows, IWindowSink sink, CancellationToken cancellationToken) =>
        throw new InvalidOperationException(NotForFiles);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _search.DisposeAsync();

    private LogScaleSearch Over(QueryTime start, QueryTime end) =>
        new(_connection, _spec with { Start = start, End = end, Around = null, MaxEvents = null }, _signals, _progress);

    private async Task<(long Start, long End)> FindAsync(CancellationToken cancellationToken)
    {
        var runner = new QueryJobRunner(_connection.Client(_signals, _spec.Repository), new JobGate(_spec.Parallel), _spec.JobTimeout);
        await using (runner.ConfigureAwait(false))
            return await new AnchorRange(runner, _spec.ToJob(_spec.Start, _spec.End), _anchor, _signals).FindAsync(
                cancellationToken).ConfigureAwait(false);
    }
}
