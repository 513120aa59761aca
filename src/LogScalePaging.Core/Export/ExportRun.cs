using LogScalePaging.LogScale;
using LogScalePaging.Paging;

namespace LogScalePaging.Export;

/// <summary>
/// One export from the first request to the manifest: walks a search into parts that are safe on disk, judges it, and puts the
/// parts together under the output's own name. What breaks off is kept and can be resumed; what is resumed gives, byte for byte,
/// the file of an undisturbed run.
/// </summary>
/// <param name="connection">Where to search.</param>
/// <param name="request">What, and where to.</param>
/// <param name="signals">Where signals go; one log a run.</param>
/// <param name="progress">Told of every page and every poll.</param>
public sealed class ExportRun(LogScaleConnection connection, ExportRequest request, SignalLog signals, Action<ExportProgress>? progress = null)
{
    private const string Lane = "a";
    private const long PartBytes = 8 << 20;
    private static readonly TimeSpan s_partAge = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = connection.Transport.Time;
    private readonly long _started = connection.Transport.Time.GetTimestamp();
    private SearchProgress _search = new(0, null, 0, null);
    private long _bytes;

    /// <summary>Runs the export.</summary>
    /// <returns>What it came to. A run that broke off after events were read is a result, Incomplete, with its error in it.</returns>
    /// <exception cref="ExportException">The output cannot be written; nothing was fetched.</exception>
    /// <exception cref="CheckpointMismatchException">What is to be resumed was another export.</exception>
    /// <exception cref="PagingException">The search failed before anything was read.</exception>
    public async Task<ExportResult> RunAsync(CancellationToken cancellationToken)
    {
        request.Search.EnsureValid();
        var search = new LogScaleSearch(connection, request.Search with { Fields = request.Target.Property }, signals, Report);
        await using var _ = search.ConfigureAwait(false);
        // What is resumed names the account's home as its server, and a gateway tells that only when it is asked.
        if (request.Resume)
            await connection.FindHomeAsync(signals, cancellationToken).AsPagingAsync().ConfigureAwait(false);
        using var store = Open(search);
        Exception? failure = null;
        try
        {
            await FetchAsync(search, store, cancellationToken).ConfigureAwait(false);
            var verdict = await VerdictAsync(search, store, cancellationToken).ConfigureAwait(false);
            // The manifest tells of every job, those among them that are deleted last.
            await search.DisposeAsync().ConfigureAwait(false);
            return Finish(search, store, verdict, cancellationToken);
        }
        catch (Exception e) when (e is PagingException or OperationCanceledException or ExportException)
        {
            failure = e;
        }
        if (store.State.Rows == 0)
        {
            // Before the jobs are deleted, which may take its time: whoever presses Ctrl+C again is to find nothing left.
            store.Delete();
            await search.DisposeAsync().ConfigureAwait(false);
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(failure).Throw();
        }
        await search.DisposeAsync().ConfigureAwait(false);
        return Keep(search, store, failure, cancellationToken.IsCancellationRequested);
    }

    private ExportStore Open(LogScaleSearch search)
    {
        if (!request.Resume)
            return ExportStore.Create(request.Target, NewState(search));
        var store = ExportStore.Resume(request.Target, state => Check(state, search));
        signals.Verbose(SignalKind.Resumed, FormattableString.Invariant($"resumed: {store.State.Lanes.Sum(l => l.Rows):N0} events are on disk already"));
        return store;
    }

    private ExportState NewState(LogScaleSearch search) => new()
    {
        Identity = search.Identity,
        Strategy = AroundStrategy.StrategyName,
        Format = request.Target.Format,
        Property = request.Target.Property,
        MaxEvents = request.Search.MaxEvents,
        Started = _time.GetUtcNow(),
        Notes = ResumeNotes.Of(request),
    };

    private ExportState Check(ExportState state, LogScaleSearch search)
    {
        // A relative range was pinned by the first run: the same words mean the same range again.
        var asked = search.Identity with
        {
            Host = connection.Transport.Host,
            RangeStart = request.Search.Start.Milliseconds,
            RangeEnd = request.Search.End.Milliseconds,
        };
        new Checkpoint { Strategy = state.Strategy, Identity = state.Identity, Position = PagePosition.Of() }.EnsureFits(state.Strategy, asked);
        ResumeNotes.EnsureSameWords(state, request.Search);
        EnsureSame("format", state.Format.ToString(), request.Target.Format.ToString());
        EnsureSame("fields", string.Join(",", state.Property ?? []), string.Join(",", request.Target.Property ?? []));
        EnsureSame("compression", ResumeNotes.Compression(state), request.Target.Compress ? "gzip" : "none");
        EnsureSame("limit of events", Limit(state.MaxEvents), Limit(request.Search.MaxEvents));
        WindowLanes.EnsureUsable(state, new PartialFolder(request.Target.PartialPath).CheckpointPath);
        return state with { Resumes = state.Resumes + 1 };
    }

    private static string Limit(long? limit) => limit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none";

    private static void EnsureSame(string what, string saved, string asked)
    {
        if (saved != asked)
            throw new CheckpointMismatchException(what, saved, asked);
    }

    private async Task FetchAsync(LogScaleSearch search, ExportStore store, CancellationToken cancellationToken)
    {
        if (store.State.Strategy == StrategyChoice.Window || store.State is { Strategy: StrategyChoice.Stream, Lanes: [{ Done: true }] })
        {
            search.ContinueFrom(store.State.Identity, store.State.ExpectedBefore, store.State.Lanes.Where(l => l.Done).Sum(l => l.Rows), [], store.State.ReceivedLate, store.State.LateFrom);
            await FetchWindowsAsync(search, store, cancellationToken).ConfigureAwait(false);
            return;
        }
        var lane = store.State.Lanes.Count > 0 ? store.State.Lanes[0] : null;
        Checkpoint? from = null;
        if (store.State.Strategy == StrategyChoice.Stream && lane is not null)
        {
            // A stream that was not whole left nothing: it is begun again, over the range that was pinned.
            search.ContinueFrom(store.State.Identity, null, 0, []);
            lane = null;
        }
        if (lane is not null)
        {
            from = lane.Parts.Count > 0 ? lane.Parts[lane.Parts.Count - 1].Next : null;
            _bytes = lane.Parts.Sum(p => p.Bytes);
            search.ContinueFrom(store.State.Identity, store.State.ExpectedBefore, lane.Rows, KnownEvents.Read(request.Target.PartialPath, lane), store.State.ReceivedLate, store.State.LateFrom);
            if (lane.Done)
                return;
        }
        if (from is null)
            await search.OpenAsync(int.MaxValue, cancellationToken).ConfigureAwait(false);
        if (search.Strategy?.Name == StrategyChoice.Stream)
        {
            store.Update(state => WindowLanes.Streamed(Pinned(state, search), search));
            if (await search.TryStreamAsync(new WindowLanes(store, search, bytes => Interlocked.Add(ref _bytes, bytes)), cancellationToken).ConfigureAwait(false))
                return;
        }
        if (search.Windows is not null)
        {
            store.Update(state => WindowLanes.Planned(Pinned(state, search), search));
            await FetchWindowsAsync(search, store, cancellationToken).ConfigureAwait(false);
            return;
        }
        if (lane is null)
            store.Update(state => Pinned(state, search) with { Lanes = [new LaneState { Name = Lane, RangeStart = search.Identity.RangeStart, RangeEnd = search.Identity.RangeEnd }] });
        await FetchPagesAsync(search, store, from, cancellationToken).ConfigureAwait(false);
    }

    private async Task FetchWindowsAsync(LogScaleSearch search, ExportStore store, CancellationToken cancellationToken)
    {
        var left = WindowLanes.Left(store.State);
        if (left.Count == 0)
            return;
        try
        {
            await search.FetchWindowsAsync(left, WindowLanes.BufferOf(store.State), new WindowLanes(store, search, bytes => Interlocked.Add(ref _bytes, bytes)), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            store.Counted(search);
        }
    }

    private async Task FetchPagesAsync(LogScaleSearch search, ExportStore store, Checkpoint? from, CancellationToken cancellationToken)
    {
        var writer = new LaneWriter(store, Lane, _time, PartBytes, s_partAge);
        try
        {
            var late = search.ReceivedLate;
            await foreach (var page in search.PagesAsync(from, cancellationToken).ConfigureAwait(false))
            {
                store.Counted(search, save: false);
                _bytes += writer.Append(page, search.ReceivedLate - late);
                late = search.ReceivedLate;
            }
            store.Counted(search);
        }
        finally
        {
            // Whatever ended the walk: what was read is made safe.
            writer.Close();
        }
    }

    private static ExportState Pinned(ExportState state, LogScaleSearch search) => state with
    {
        Identity = search.Identity,
        Strategy = AroundStrategy.StrategyName,
        ExpectedBefore = search.ExpectedBefore,
        LateFrom = search.LateFrom,
    };

    // The last count takes the server's time and putting the parts together takes this machine's: one does not wait for the other.
    private async Task<Completeness> VerdictAsync(LogScaleSearch search, ExportStore store, CancellationToken cancellationToken)
    {
        Tell(ExportPhase.Verifying);
        var building = Task.Run(() => store.Build(signals, null, cancellationToken), CancellationToken.None);
        try
        {
            var verdict = await search.JudgeAsync(cancellationToken).ConfigureAwait(false);
            Tell(ExportPhase.Assembling);
            await building.ConfigureAwait(false);
            return verdict;
        }
        catch
        {
            await building.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            store.Unbuild();
            throw;
        }
    }

    private ExportResult Finish(LogScaleSearch search, ExportStore store, Completeness verdict, CancellationToken cancellationToken)
    {
        var finished = store.Assemble(signals, null, cancellationToken);
        var manifest = ManifestBuilder.Build(request, search, store.State, verdict, signals, finished, _time.GetUtcNow(), _time.GetElapsedTime(_started));
        manifest.Save(request.Target.ManifestPath);
        store.Complete();
        var folder = Path.GetDirectoryName(request.Target.Path)!;
        return new ExportResult
        {
            Completeness = verdict,
            Manifest = manifest,
            Files = [.. finished.Files.Select(f => Path.Combine(folder, Path.GetFileName(f.Path)))],
            ManifestPath = request.Target.ManifestPath,
        };
    }

    private ExportResult Keep(LogScaleSearch search, ExportStore store, Exception failure, bool interrupted)
    {
        var rows = store.State.Rows;
        var why = interrupted ? "it was interrupted" : failure.Message;
        store.Counted(search);
        var verdict = Completeness.Broken(store.State.ExpectedBefore, rows, why);
        // For the count of it: both faces say it as an error, and once is enough.
        if (!interrupted)
            signals.Verbose(SignalKind.PartialResult, $"the export is incomplete: {why}");
        return new ExportResult
        {
            Completeness = verdict,
            Manifest = ManifestBuilder.Build(request, search, store.State, verdict, signals, null, _time.GetUtcNow(), _time.GetElapsedTime(_started)),
            PartialPath = request.Target.PartialPath,
            Error = failure,
            Interrupted = interrupted,
        };
    }

    private void Report(SearchProgress search)
    {
        _search = search;
        Tell(ExportPhase.Fetching);
    }

    private void Tell(ExportPhase phase) => progress?.Invoke(new ExportProgress(phase, _search, Interlocked.Read(ref _bytes), _time.GetElapsedTime(_started)));
}
