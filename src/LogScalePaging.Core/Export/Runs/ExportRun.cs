using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;

namespace LogScalePaging.Export.Runs;

/// <summary>
/// One export from the first request to the manifest: it saves the results of a search in parts on disk, judges the search, and assembles
/// the parts to the output. An export that breaks off is kept and can be resumed. A resumed export gives, byte for byte, the file of an
/// undisturbed run.
/// </summary>
/// <param name="connection">Where to search.</param>
/// <param name="request">The search and the output.</param>
/// <param name="signals">The log that receives signals; one per run.</param>
/// <param name="progress">Receives every page and every poll.</param>
public sealed class ExportRun(SearchConnection connection, ExportRequest request, SignalLog signals,
    Action<ExportProgress>? progress = null)
{
    private readonly TimeProvider _time = connection.Transport.Time;
    private readonly long _started = connection.Transport.Time.GetTimestamp();
    private SearchProgress _search = new(0, null, 0, null);
    private long _bytes;

    /// <summary>Runs the export.</summary>
    /// <returns>The result. If a run broke off after events were read, the result is Incomplete and has the error.</returns>
    /// <exception cref="ExportException">The output cannot be written. Nothing was fetched.</exception>
    /// <exception cref="CheckpointMismatchException">The run to resume is another export.</exception>
    /// <exception cref="PagingException">The search failed before anything was read.</exception>
    public async Task<ExportOutcome> RunAsync(CancellationToken cancellationToken) => await ExportTimestamp.TryAddAsync(
        await ExportAsync(cancellationToken).ConfigureAwait(false), request.TimestampServer, connection.Transport.Options, signals,
        cancellationToken).ConfigureAwait(false);

    private async Task<ExportOutcome> ExportAsync(CancellationToken cancellationToken)
    {
        request.Search.EnsureValid();
        FileSizeSignal.Take();
        var search = connection.Open(request.Searched, signals, Report);
        await using var _ = search.ConfigureAwait(false);
        // The checkpoint has the account's cloud as its server, and a gateway names that cloud only at sign-in.
        if (request.Resume)
            await connection.FindHomeAsync(signals, cancellationToken).AsPagingAsync().ConfigureAwait(false);
        if (request is { Resume: true, OrBegin: true }
            && FinishedOutput.Find(request, search.Identity with { Host = connection.Transport.Host }, search,
                cancellationToken) is { } finished)
            return Standing(finished);
        using var store = Open(search);
        if (store.Published is { } published)
            return Published(store, published);
        Exception? failure = null;
        using var limit = new RunLimit(request.StopAfter, _time, _started, request.UsedBefore, cancellationToken);
        try
        {
            await new ExportFetch(search, store, request.Target.PartialPath, _time, bytes => Interlocked.Add(ref _bytes, bytes)).RunAsync(
                limit.Token).ConfigureAwait(false);
            var verdict = await VerdictAsync(search, store, limit.Token).ConfigureAwait(false);
            // The manifest counts every job, including those that are deleted last.
            await search.DisposeAsync().ConfigureAwait(false);
            return request.Step?.Accepts(verdict) == false
                ? Refuse(search, store, verdict)
                : Finish(search, store, verdict, cancellationToken);
        }
        catch (Exception e) when (e is PagingException or OperationCanceledException or ExportException || store.State.Rows == 0)
        {
            failure = e;
        }
        var stopped = limit.Ended(failure) ? limit.Reason : null;
        var isEmpty = store.State is { Rows: 0, Manifest: null };
        if (isEmpty)
        {
            // The folder is deleted before the jobs, because deleting jobs may take some time. If the user then presses Ctrl+C again, no
            // empty folder is left.
            store.Delete();
            await search.DisposeAsync().ConfigureAwait(false);
            if (stopped is null)
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(failure).Throw();
        }
        await search.DisposeAsync().ConfigureAwait(false);
        if (stopped is not null)
            return Stopped(search, store, stopped, isKept: !isEmpty);
        return Keep(search, store, failure, cancellationToken.IsCancellationRequested);
    }

    private ExportStore Open(ISearch search)
    {
        if (!request.GoesOn)
            return ExportStore.Create(request.Target, NewState(search));
        var store = ExportStore.Resume(request.Target, state =>
        {
            ResumeNotes.EnsureMayContinue(state, request);
            // The earlier run read nothing, so no range was pinned, and this run pins it.
            if (state is { Identity: { RangeStart: null, RangeEnd: null }, Rows: 0 })
                state = state with
                {
                    Identity = state.Identity with
                    {
                        RangeStart = request.Search.Range.Start.Milliseconds,
                        RangeEnd = request.Search.Range.End.Milliseconds
                    },
                    Notes = ResumeNotes.Of(request)
                };
            SameExport.Ensure(state, request, search.Identity with { Host = connection.Transport.Host }, search);
            return RunNotes.Add(state.Upgraded(connection.Tenant) with { Resumes = state.Resumes + 1 }, request, _time.GetUtcNow());
        });
        SayResumed(store.State);
        if (store.DroppedParts is { Count: > 0 } dropped)
            signals.Warn(SignalKind.Resumed, FormattableString.Invariant(
                $"resumed: {dropped.Sum(p => p.Rows):N0} {store.State.Schema.Nouns} are fetched again, ")
                + "because their parts on disk are missing or damaged");
        return store;
    }

    // A relative range now means another range than in the first run.
    private void SayResumed(ExportState state)
    {
        var kept = FormattableString.Invariant($"resumed: {state.Lanes.Sum(l => l.Rows):N0} {state.Schema.Nouns} are already on disk");
        var range = new ManifestRange(state.Identity.RangeStart, state.Identity.RangeEnd) { Unit = state.Schema.TimeUnit };
        if (request.Search.Range.IsAbsolute || range is { Start: null, End: null })
            signals.Verbose(SignalKind.Resumed, kept);
        else
            signals.Warn(SignalKind.Resumed, $"{kept}; the range is that of the first run, {range.StartUtc} to {range.EndUtc}");
    }

    private ExportState NewState(ISearch search) => RunNotes.Add(new()
    {
        Identity = search.Identity,
        Schema = search.Schema,
        Strategy = search.PageStrategy,
        Format = request.Target.Format,
        Property = request.Target.Property,
        ExcludeProperty = request.Target.ExcludeProperty,
        MaxEvents = request.Search.MaxEvents,
        Started = _time.GetUtcNow(),
        Notes = ResumeNotes.Of(request),
    }, request, _time.GetUtcNow());

    // The last count waits for the server, and assembling uses this machine, so they run in parallel.
    private async Task<Completeness> VerdictAsync(ISearch search, ExportStore store, CancellationToken cancellationToken)
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
            await building.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default).ConfigureAwait(false);
            store.Unbuild();
            throw;
        }
    }

    private ExportOutcome Finish(ISearch search, ExportStore store, Completeness verdict, CancellationToken cancellationToken)
    {
        store.Assemble(signals, null, cancellationToken, finished =>
        {
            request.Step?.Prepare(store.State, finished);
            return Describe(search, store, verdict, finished);
        });
        return Whole(store, store.State.Manifest!, verdict);
    }

    // A later run of the schedule fetches everything again, because the parts do not say which events are missing.
    private ExportOutcome Refuse(ISearch search, ExportStore store, Completeness verdict)
    {
        store.Unbuild();
        var manifest = Describe(search, store, verdict, finished: null);
        store.Delete();
        return new ExportOutcome { Completeness = verdict, Manifest = manifest };
    }

    // The earlier run had its verdict and was interrupted during the publication.
    private ExportOutcome Published(ExportStore store, ExportManifest manifest)
    {
        signals.Verbose(SignalKind.Resumed,
            FormattableString.Invariant(
                $"resumed: the output of {manifest.Counts.Written:N0} {manifest.Schema.Nouns} was complete and has been published"));
        return Whole(store, manifest, manifest.Verdict());
    }

    private ExportOutcome Standing(ExportManifest manifest)
    {
        signals.Verbose(SignalKind.Resumed,
            FormattableString.Invariant(
                $"the output of {manifest.Counts.Written:N0} {manifest.Schema.Nouns} is finished and valid, so nothing was fetched"));
        if (LeftFolder.Exists(request.Target))
            LeftFolder.TryRemove(request.Target.Path);
        // This run did not fetch any of them.
        _search = _search with { Received = manifest.Counts.Received };
        Tell(ExportPhase.Assembling);
        return Whole(manifest, manifest.Verdict());
    }

    private ExportOutcome Whole(ExportStore store, ExportManifest manifest, Completeness verdict)
    {
        request.Step?.Commit();
        store.Complete();
        signals.EmitLater();
        return Whole(manifest, verdict);
    }

    private ExportOutcome Whole(ExportManifest manifest, Completeness verdict)
    {
        var folder = Path.GetDirectoryName(request.Target.Path)!;
        return new ExportOutcome
        {
            Completeness = verdict,
            Manifest = manifest,
            Files = [.. manifest.Files.Select(f => Path.Combine(folder, Path.GetFileName(f.Path)))],
            ManifestPath = request.Target.ManifestPath,
        };
    }

    private ExportOutcome Keep(ISearch search, ExportStore store, Exception failure, bool interrupted)
    {
        var why = interrupted ? "it was interrupted" : failure.Message;
        store.Counted(search);
        var verdict = Completeness.Broken(store.State.ExpectedBefore, store.State.Rows, why, store.State.MaxEvents);
        // The signal is only counted here. The cmdlets and the command line show the error.
        if (!interrupted)
            signals.Verbose(SignalKind.PartialResult, $"the export is incomplete: {why}");
        return Unfinished(search, store, verdict) with { Error = failure, Interrupted = interrupted };
    }

    // The user's time limit ended the run, so this is no failure.
    private ExportOutcome Stopped(ISearch search, ExportStore store, string why, bool isKept)
    {
        if (isKept)
            store.Counted(search);
        var verdict = Completeness.Broken(store.State.ExpectedBefore, store.State.Rows, why, store.State.MaxEvents) with { Reason = why };
        signals.Verbose(SignalKind.PartialResult, $"the export is incomplete: {why}");
        var result = Unfinished(search, store, verdict) with { StoppedAfter = request.StopAfter };
        return isKept ? result : result with { PartialPath = null };
    }

    private ExportOutcome Unfinished(ISearch search, ExportStore store, Completeness verdict) => new()
    {
        Completeness = verdict,
        Manifest = Describe(search, store, verdict, finished: null),
        PartialPath = request.Target.PartialPath,
    };

    private ExportManifest Describe(ISearch search, ExportStore store, Completeness verdict, FinishedExport? finished) =>
        ManifestOrigin.Add(
        ManifestBuilder.Build(request, search, store.State, verdict, signals, finished, _time.GetUtcNow(), _time.GetElapsedTime(_started)),
        store.State, connection.Transport);

    private void Report(SearchProgress search)
    {
        _search = search;
        Tell(ExportPhase.Fetching);
    }

    private void Tell(ExportPhase phase) =>
        progress?.Invoke(new ExportProgress(phase, _search, Interlocked.Read(ref _bytes), _time.GetElapsedTime(_started)));
}
