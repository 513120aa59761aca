using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Events;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;
using LogScalePaging.Search.Proof;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale;

/// <summary>
/// Follows new events. A live job of LogScale holds at most the rows of its buffer, so this search polls: each poll is an ordinary search
/// from shortly before the end of the last one until now, with its count. Known events are dropped.
/// </summary>
internal sealed class LiveSearch : ISearch
{
    private readonly LogScaleSearchConnection _connection;
    private readonly SearchSpec _spec;
    private readonly LiveOptions _live;
    private readonly SignalLog _signals;
    private readonly SignalLog _polls;
    private readonly LiveProgress _done;
    private readonly Action<SearchProgress>? _progress;
    private LogScaleSearch _search;
    private long _pages;

    /// <summary>Prepares the search. Nothing is sent yet.</summary>
    /// <exception cref="ArgumentException">The search is not valid, or its query cannot be followed. The message says why.</exception>
    public LiveSearch(LogScaleSearchConnection connection, SearchSpec spec, SignalLog signals, Action<SearchProgress>? progress)
    {
        EnsureFollowable(spec);
        (_connection, _spec, _live, _signals, _progress) = (connection, spec, spec.Live!, signals, progress);
        signals.CleanWith(connection.Transport.Clean);
        _polls = new SignalLog(Time);
        _polls.Emitted += PassOn;
        _done = new LiveProgress(signals, _live.FromNow);
        _search = NewPoll();
    }

    /// <inheritdoc/>
    public WalkIdentity Identity => _search.Identity;

    /// <inheritdoc/>
    public string System => _search.System;

    /// <inheritdoc/>
    public RecordSchema Schema => LogScaleEvents.Schema;

    /// <inheritdoc/>
    public FetchPlan? Plan => _search.Plan;

    /// <inheritdoc/>
    public string PageStrategy => _search.PageStrategy;

    /// <inheritdoc/>
    public bool IsAsSent => false;

    /// <inheritdoc/>
    public bool IsAggregate => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Doubts => [];

    /// <inheritdoc/>
    public long? ExpectedBefore => null;

    /// <inheritdoc/>
    public long? LateFrom => null;

    /// <inheritdoc/>
    public long Received { get; private set; }

    /// <inheritdoc/>
    public long Duplicates => 0;

    /// <inheritdoc/>
    public RowNotes Notes => default;

    /// <inheritdoc/>
    public bool IsShort => false;

    private TimeProvider Time => _connection.Transport.Time;

    private bool IsFull => Limit.IsReached(Received);

    private RecordLimit Limit => new(_spec.MaxEvents);

    /// <summary>
    /// The pages of each poll, the events of a poll oldest first. Only the events since the start of the range come newest first, as in any
    /// other search. It ends with the limit of events or of time.
    /// </summary>
    /// <inheritdoc/>
    public async IAsyncEnumerable<Page<Record>> PagesAsync(Checkpoint? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        while (true)
        {
            // The poll that begins after the limit is the last one, so that no event before the limit is missing.
            var isLast = Time.GetElapsedTime(started) >= _live.Limit;
            var pages = _done.IsFirst ? PollAsync(cancellationToken) : LivePages.SortedAsync(PollAsync(cancellationToken));
            await foreach (var page in pages.ConfigureAwait(false))
            {
                yield return Number(page, null);
                if (IsFull)
                    break;
            }
            if (isLast || IsFull)
                break;
            await Time.Wait(Wait(started), cancellationToken).ConfigureAwait(false);
            _search = NewPoll();
        }
        yield return Number(new Page<Record>([], null, new PageInfo()), IsFull
            ? Limit.End
            : new WalkEnd(EndReason.RangeStart, "the time of the live search has passed"));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Page<Record>> WalkAsync(Checkpoint? from, CancellationToken cancellationToken) =>
        PagesAsync(from, cancellationToken);

    /// <inheritdoc/>
    public Task<Completeness> JudgeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_done.Judge(Received, _spec.NoVerify, IsFull).ReportTo(_signals, !_spec.NoVerify));

    /// <inheritdoc/>
    public Completeness JudgeBroken(string why) => Completeness.Broken(null, Received, why, _spec.MaxEvents);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _search.DisposeAsync().ConfigureAwait(false);
        _polls.Emitted -= PassOn;
    }

    /// <inheritdoc/>
    public void EnsureCanContinue(SavedPlan saved) => throw NotForFiles();

    /// <inheritdoc/>
    public void ContinueFrom(SearchResumption earlier) => throw NotForFiles();

    /// <inheritdoc/>
    public Task OpenAsync(bool toFile, CancellationToken cancellationToken) => throw NotForFiles();

    /// <inheritdoc/>
    public void BeginAgain() => throw NotForFiles();

    /// <inheritdoc/>
    public Task<bool> FetchWindowsAsync(IReadOnlyList<TimeWindow> windows, IWindowSink sink, CancellationToken cancellationToken) =>
        throw NotForFiles();

    /// <inheritdoc/>
    public long CountOutside(IReadOnlyList<Record> records) => throw NotForFiles();

    /// <inheritdoc/>
    public void Keep(RowNotes notes) => throw NotForFiles();

    /// <inheritdoc/>
    public Task<SearchEstimate> EstimateAsync(CancellationToken cancellationToken) => throw NotForFiles();

    /// <inheritdoc/>
    public Task<long> CountAsync(CancellationToken cancellationToken) => throw NotForFiles();

    private static NotSupportedException NotForFiles() => new("A live search has no end, so it is not for exports.");

    private static void EnsureFollowable(SearchSpec spec)
    {
        if (spec.End.Relative?.Equals("now", StringComparison.OrdinalIgnoreCase) != true)
            throw new ArgumentException("A live search has no end of its range. Limit its time instead.");
        var traits = CqlQuery.Analyze(spec.Query);
        if (!traits.Cutting.Allowed)
        {
            throw new ArgumentException("This query cannot be followed, because it would be evaluated for each poll alone: "
                + $"{traits.Cutting.Reason}.");
        }
        if (traits.WritesTimestamp)
            throw new ArgumentException("This query cannot be followed, because it writes @timestamp. Remove the step that writes it.");
    }

    private LogScaleSearch NewPoll() => new(_connection, _spec with
    {
        Live = null,
        Start = _done.Start is { } start ? QueryTime.At(start) : _live.FromNow ? QueryTime.Parse("1m") : _spec.Start,
        MaxEvents = _done.IsFirst && !_live.FromNow ? _spec.MaxEvents - Received : null,
    }, _polls);

    private TimeSpan Wait(long started)
    {
        var left = _live.Limit - Time.GetElapsedTime(started);
        return left < _live.Interval ? left.Value < TimeSpan.Zero ? TimeSpan.Zero : left.Value : _live.Interval;
    }

    // What a single poll says about its result is not the result of the live search: late events come with the next poll.
    private void PassOn(PagingSignal signal)
    {
        var isVerdict = signal.Kind is SignalKind.LateArrival or SignalKind.PartialResult or SignalKind.Unverified;
        if (signal.Level == SignalLevel.Warning && !isVerdict)
            _signals.Warn(signal.Kind, signal.Message, signal.Count);
        else
            _signals.Verbose(signal.Kind, signal.Message, signal.Count);
    }

    private async IAsyncEnumerable<Page<Record>> PollAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var search = _search;
        Exception? failure = null;
        Completeness? verdict = null;
        _done.Begin();
        var pages = search.PagesAsync(null, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (pages.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await pages.MoveNextAsync().ConfigureAwait(false))
                        break;
                }
                catch (Exception e) when (_done.MayGoOn(e, Received))
                {
                    failure = e;
                    break;
                }
                if (search.IsAggregate)
                    throw new PagingException(PagingErrorKind.FieldsMissing, "This query cannot be followed, because it is an aggregate.");
                if (_done.Fresh(pages.Current.Items) is { Count: > 0 } fresh)
                    yield return pages.Current with { Items = fresh };
            }
        }
        try
        {
            verdict = failure is null ? await search.JudgeAsync(cancellationToken).ConfigureAwait(false) : null;
        }
        catch (Exception e) when (_done.MayGoOn(e, Received))
        {
            failure = e;
        }
        await search.DisposeAsync().ConfigureAwait(false);
        _done.Conclude(search, verdict, failure);
        _progress?.Invoke(new SearchProgress(Received, null, _pages, null) { Retries = _polls.CountOf(SignalKind.Retried) });
    }

    private Page<Record> Number(Page<Record> page, WalkEnd? end)
    {
        var passed = Limit.Cut(page, Received);
        Received += passed.Items.Count;
        return passed with { Next = null, Info = passed.Info with { Number = ++_pages, Total = null, Duplicates = 0, End = end } };
    }
}
