using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search;
using LogScalePaging.Search.Windows;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale.Windows;

/// <summary>Fetches one complete window, or reports that it does not fit.</summary>
/// <param name="runner">Runs the jobs.</param>
/// <param name="spec">The query.</param>
/// <param name="buffer">What is known about the server's buffer.</param>
/// <param name="options">Signals, clock and identity for the pagers.</param>
/// <param name="range">The range that the windows are parts of.</param>
/// <param name="lateFrom">Epoch milliseconds from which an ingested event is late; null if it is not known.</param>
/// <param name="evidence">Receives answers that contradict themselves.</param>
/// <param name="enough">Maximum number of rows of a window that are needed. A buffer with that many may be full. Null for all.</param>
/// <param name="opened">A job that is done already, with the first rows of the first window; null for none.</param>
internal sealed class WindowFetcher(
    QueryJobRunner runner,
    QueryJobSpec spec,
    ResultBuffer buffer,
    PagerOptions options,
    PinnedRange range,
    Func<long?> lateFrom,
    SearchEvidence evidence,
    long? enough = null,
    FirstResult? opened = null) : IWindowFetcher
{
    /// <summary>Rows per slice: some 2 MB of usual events, so that memory does not grow with the buffer.</summary>
    public const int Slice = 4_000;

    /// <summary>Rows per slice if larger slices exceed the size limit: 20 MB of events of 80 KB.</summary>
    private const int SmallestSlice = 250;
    private const int WalkPage = 200;

    /// <summary>Events beyond twice the count after which a walk is stopped.</summary>
    private const int WalkAllowance = 10_000;

    /// <summary>
    /// Maximum number of rows that are read in one request if slices contradict each other: some 10 MB of usual events.
    /// </summary>
    public const int OneBody = 20_000;

    /// <summary>
    /// How often a window is read in one request before its number of rows is used instead of the number in the answer.
    /// </summary>
    private const int MostBodies = 2;

    private readonly JobPace _pace = new();
    private readonly JobPace _instantPace = new();
    private readonly WindowRows _rows = new(range, lateFrom);
    private volatile bool _endIsInclusive;
    private volatile bool _isUnordered;
    private readonly JobCapacity _capacity = new(buffer.Capacity);
    private int _turns;

    /// <summary>Rows that a job can hold, if it is known.</summary>
    public long Capacity => _capacity.Rows;

    /// <summary>True when a range can be walked page by page.</summary>
    public bool CanWalk => !range.AsSent;

    /// <summary>Fetches a window into the sink, to be committed or discarded.</summary>
    /// <param name="window">The window.</param>
    /// <param name="sink">Receives the events.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="counted">
    /// Known number of rows in the window. An answer with as many is complete, even if it says otherwise. Null if it is not known.
    /// </param>
    /// <returns>
    /// Null if the window must be split: it has more rows than the buffer, or its slices contradict each other. Nothing of it was kept.
    /// </returns>
    /// <exception cref="PagingException">
    /// The server failed, or a slice exceeds the limit of an answer (<see cref="AnswerLimitException.Of"/>).
    /// </exception>
    public async Task<FetchedWindow?> FetchAsync(TimeWindow window, IWindowSink sink, CancellationToken cancellationToken,
        long? counted = null)
    {
        window = window with { IsOldest = window.Start == range.Identity.RangeStart };
        var bodies = 0;
        var slice = Slice;
        while (true)
        {
            var knewEnd = _endIsInclusive;
            var turns = Volatile.Read(ref _turns);
            var job = JobFor(window);
            var existing = Interlocked.Exchange(ref opened, null);
            try
            {
                var fetched = await runner.WithJobAsync(
                    () => job,
                    (jobId, token) =>
                    {
                        var done = Interlocked.Exchange(ref existing, null)?.Answer;
                        return ReadAsync(jobId, done, job, window, turns, bodies > 0 ? null : slice, bodies, counted, sink, token);
                    },
                    existing?.JobId, keep: null, cancellationToken).ConfigureAwait(false);
                // Rows of the next window may have overfilled it. When the end is known to be inclusive, the window is requested again.
                if (fetched is not null || knewEnd || !_endIsInclusive || window.IsInstant)
                    return fetched;
            }
            catch (PagingException e) when (e.InnerException is OtherOrderException)
            {
                // In the wrong order, its slices would be joined wrongly. If the server has no fixed order, the rows are used as they
                // are.
                Interlocked.CompareExchange(ref _turns, turns + 1, turns);
            }
            catch (Exception e) when (bodies == 0 && slice > SmallestSlice && AnswerLimitException.Of(e)?.Rows <= slice)
            {
                slice = Math.Max(SmallestSlice, slice / 4);
                options.Signals.Verbose(SignalKind.WindowReread, FormattableString.Invariant(
                    $"the window {window} is read again in slices of {slice:N0} rows: {e.Message}"));
            }
            // There is no smaller window. A walk requests few events at a time.
            catch (Exception e) when (window.IsInstant && CanWalk && AnswerLimitException.Of(e) is not null)
            {
                return null;
            }
            catch (PagingException e) when (e.InnerException is OutOfOrderException)
            {
                // From now on, all rows of a window are remembered.
                options.Signals.Verbose(SignalKind.WindowReread, $"the window {window} is read again, and all of its rows are compared: "
                    + e.Message);
                _isUnordered = true;
            }
            catch (PagingException e) when (e.InnerException is SlicesDisagreeException disagree)
            {
                // The order within one instant may change from poll to poll. One request has a single order.
                options.Signals.Verbose(SignalKind.WindowReread, $"the window {window} is read again in another way: {e.Message}");
                if ((disagree.Total > OneBody && !window.IsInstant) || bodies > MostBodies)
                    return null;
                bodies++;
            }
        }
    }

    /// <inheritdoc/>
    public bool IsWorthSplitting(TimeWindow window, long rows) => JobCapacity.MayBeCut(rows) && !window.IsInstant;

    /// <inheritdoc/>
    public bool IsCutAt(long rows, long expected) => _capacity.IsCutAt(rows, expected);

    /// <summary>Uses the rows in windows of an earlier run, if the times of rows do not decide their window.</summary>
    public void Recall(Action<IdentitySet>? recall) => _rows.Recall(recall);

    /// <summary>Keeps the last window. Its rows belong to no other window.</summary>
    public void Keep() => _endIsInclusive |= _rows.Keep();

    /// <summary>Discards a window.</summary>
    public void Drop() => _rows.Drop();

    /// <summary>The range for a count of the window: the range of its job.</summary>
    public (long Start, long End) RangeOf(TimeWindow window)
    {
        var job = JobFor(window);
        return (job.Start!.Milliseconds!.Value, job.End!.Milliseconds!.Value);
    }

    /// <summary>
    /// True if a count of the window includes events of the next one: if ends are inclusive, an instant cannot be counted alone.
    /// </summary>
    public bool CountsNeighbour(TimeWindow window) => _endIsInclusive && !window.IsNewest && window.IsInstant;

    /// <summary>Fetches page by page what no window can hold: an instant, or a range with contradicting answers.</summary>
    /// <param name="window">The range.</param>
    /// <param name="expected">Events in it; null without a count.</param>
    /// <param name="sink">Receives the events.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="PagingException">It cannot be walked, because the query writes the times.</exception>
    public Task<FetchedWindow> WalkAsync(TimeWindow window, long? expected, IWindowSink sink, CancellationToken cancellationToken)
    {
        if (range.AsSent)
        {
            var tooMany = FormattableString.Invariant(
                $"The millisecond {window} has more events than the {buffer.Capacity:N0} rows of a job.");
            throw new PagingException(PagingErrorKind.FieldsMissing,
                $"{tooMany} They cannot be read page by page, because the query writes @timestamp. Remove the step that writes "
                    + $"@timestamp.");
        }
        var walked = spec with { Query = buffer.Selected(spec.Query), Start = QueryTime.At(window.Start), End = QueryTime.At(window.End) };
        var pager = new Pager<QueryJobSpec, QueryResult, Record>(
            new AroundStrategy(walked, WalkPage),
            new JobPerPage(runner, _instantPace, evidence, options.Signals),
            options with { Identity = Identity(window), Expected = Task.FromResult(expected), Allowance = WalkAllowance });
        return _rows.WriteAsync(pager.PagesAsync(null, cancellationToken), window, sink);
    }

    private QueryJobSpec JobFor(TimeWindow window) => spec with
    {
        Query = buffer.Query(spec.Query),
        Start = QueryTime.At(window.Start),
        End = QueryTime.At(_endIsInclusive && !window.IsNewest ? Math.Max(window.Start + 1, window.End - 1) : window.End),
    };

    private WalkIdentity Identity(TimeWindow window) => options.Identity with { RangeStart = window.Start, RangeEnd = window.End };

    private async Task<FetchedWindow?> ReadAsync(
        string jobId, QueryResult? known, QueryJobSpec job, TimeWindow window, int turns, int? size, int bodies, long? counted,
        IWindowSink sink, CancellationToken cancellationToken)
    {
        var oldestFirst = buffer.OldestFirst != (turns == 1);
        // The answer that says done has only what is needed: the first slice, or one row with the number of rows.
        var inOneBody = size is null;
        var first = inOneBody ? new PollOptions { Expected = Slice } : new PollOptions { Offset = 0, Limit = oldestFirst ? 1 : size };
        var done = known ?? await runner.ReadAsync(jobId, first, _pace, null, cancellationToken).ConfigureAwait(false);
        evidence.Note(done);
        if (RangeCheck.Mismatch(job, done) is { } mismatch)
            throw new JobLostException(jobId, $"cannot be used: {mismatch}");
        if (!range.AsSent && !window.IsNewest && done.Events.Count > 0 && done.Events[0].Timestamp == window.End)
            _endIsInclusive = true;
        if (inOneBody && AnswerCheck.OtherCount(done) is { } otherCount)
        {
            if (bodies < MostBodies)
                throw new PagingException(PagingErrorKind.ItemsRepeated, otherCount, new SlicesDisagreeException(0));
            evidence.Question(otherCount);
            done = done with { Metadata = done.Metadata with { EventCount = done.Events.Count } };
        }
        var total = done.Metadata.EventCount
            ?? (inOneBody || done.Events.Count < first.Limit
                ? done.Events.Count
                : throw new JobLostException(jobId, "did not say how many rows it has"));
        var hasMore = done.Metadata.HasMoreEvents;
        // A buffer that is exactly full may have been cut, even if the answer does not say so.
        if (!(total >= enough) && (hasMore == true || (total >= Capacity && (buffer.IsTail || hasMore is null))))
        {
            if (await BelievedAsync(jobId, total, window.Planned, counted, cancellationToken).ConfigureAwait(false) is not { } believed
                || (inOneBody && done.Events.Count != believed))
                return null;
            total = believed;
        }
        if (total == 0)
            return new FetchedWindow(sink.Open(window), 0, default);
        var mustFollow = turns < 2 && !range.AsSent;
        var inOrder = mustFollow && !_isUnordered && !window.IsWhole;
        var slice = size ?? (int)Math.Min(total, int.MaxValue);
        var pager = new Pager<PollOptions, QueryResult, Record>(
            new WindowStrategy(window, total, slice, oldestFirst, mustFollow, range.AsSent, inOrder),
            new SlicesOfJob(runner, jobId, oldestFirst && !inOneBody ? null : done),
            options with { Identity = Identity(window) });
        try
        {
            return await _rows.WriteAsync(pager.PagesAsync(null, cancellationToken), window, sink).ConfigureAwait(false);
        }
        catch (PagingException e) when (e is { Kind: PagingErrorKind.RequestFailed, InnerException: null or JobLostException })
        {
            // The job is created again, and the window is read from its beginning.
            throw e.InnerException as JobLostException ?? new JobLostException(jobId, $"returned no complete result: {e.Message}", e);
        }
    }

    // The number of rows in the answer if it says that more match: the counted number, if the job lists no row after it.
    private async Task<long?> BelievedAsync(string jobId, long total, long? planned, long? counted, CancellationToken cancellationToken)
    {
        if (total < Capacity && total == (counted ?? planned))
            return total;
        if (counted is not { } most || most >= Capacity)
            return null;
        // It was really cut: the server's buffer is smaller than it promised.
        if (total < most)
        {
            _capacity.IsCutAt(total, most);
            return null;
        }
        var after = await runner.PollAsync(jobId, new PollOptions { Offset = (int)most, Limit = 1 },
            cancellationToken).ConfigureAwait(false);
        if (after.Events.Count > 0)
            return null;
        evidence.Question(FormattableString.Invariant($"an answer reports {total:N0} rows but has {most:N0}"));
        return most;
    }
}
