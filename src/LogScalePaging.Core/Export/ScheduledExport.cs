using System.Security.Cryptography;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search;

namespace LogScalePaging.Export;

/// <summary>
/// One run of a schedule: exports what came since the last run, in steps, each into its own output. Over any number of runs, each event is
/// in exactly one output. A run that is killed at any moment is finished by the next one.
/// </summary>
/// <param name="connection">Where to search.</param>
/// <param name="request">The search. The start of its range says where the first run begins; its end is ignored.</param>
/// <param name="path">The path of an output. It has a placeholder for the start or the end of a step.</param>
/// <param name="target">Makes the output of a path whose placeholders are filled.</param>
/// <param name="settings">The watermark file, the lag and the look-back.</param>
/// <param name="signals">The log that receives signals; one per run.</param>
/// <param name="progress">Receives every page and every poll.</param>
public sealed class ScheduledExport(
    SearchConnection connection,
    SearchRequest request,
    PathTemplate path,
    Func<string, ExportTarget> target,
    ScheduleSettings settings,
    SignalLog signals,
    Action<ExportProgress>? progress = null)
{
    private readonly List<ExportResult> _exports = [];
    private StepTraits _traits = new(null);
    private RecordSchema? _schema;
    private DateTimeOffset? _now;
    private long? _began;
    private long _events;
    private long _recovered;
    private long _tooLate;

    /// <summary>The placeholders that a path can have.</summary>
    public static IReadOnlyCollection<string> Placeholders { get; } = ["start", "end"];

    /// <summary>Called at each change of the watermark file, for tests.</summary>
    internal Action<string>? Changed { get; init; }

    /// <summary>Checks that the run could begin. Nothing is sent, created or changed.</summary>
    /// <exception cref="ArgumentException">The search or a setting is not possible with a watermark. The message says why.</exception>
    /// <exception cref="ExportException">The path is not possible.</exception>
    public void EnsurePossible()
    {
        settings.EnsureValid();
        request.EnsureValid();
        _traits = connection.StepsOf(request);
        if (_traits.WhyNot is { } why)
            throw new ArgumentException($"This search cannot be continued from a watermark, because {why}.");
        if (request.MaxEvents is not null)
            throw new ArgumentException("A limit of events cannot be used with a watermark, because the events after the limit would never be exported.");
        if (path.IsFixed)
            throw new ExportException(ExportErrorKind.BadPath, path.Text, $"'{Printable.Line(path.Text)}' would be the output of each run. Add a "
                + "placeholder for the time, such as 'events-{start}.ndjson' or 'events-{start:yyyy-MM-dd-HHmm}.ndjson'.");
    }

    /// <summary>Runs all steps up to now less the lag.</summary>
    /// <returns>The result. If a step failed, the result has the error, and the watermark is where the last good step ended.</returns>
    /// <exception cref="ArgumentException">The search or a setting is not possible with a watermark.</exception>
    /// <exception cref="ExportException">The watermark file or an output cannot be used. Nothing was fetched.</exception>
    /// <exception cref="CheckpointMismatchException">The watermark belongs to another search.</exception>
    /// <exception cref="PagingException">The server did not answer. Nothing was changed.</exception>
    public async Task<ScheduledExportResult> RunAsync(CancellationToken cancellationToken)
    {
        EnsurePossible();
        using var file = WatermarkFile.Open(settings.Path, Changed);
        try
        {
            await EnsureSameSearchAsync(file.State, cancellationToken).ConfigureAwait(false);
            _began = file.State?.Position;
            CleanUp(file.State);
            var isDone = file.State?.Pending is not { } left || await ResumeAsync(file, left, cancellationToken).ConfigureAwait(false);
            while (isDone && await NextAsync(file, cancellationToken).ConfigureAwait(false) is { } next)
                isDone = await StepAsync(file, next, cancellationToken).ConfigureAwait(false);
            return Result(file.State!, null, cancellationToken);
        }
        catch (Exception e) when (_exports.Count > 0 && e is PagingException or OperationCanceledException or ExportException)
        {
            // The steps before this error are published.
            return Result(file.State!, e, cancellationToken);
        }
    }

    private async Task EnsureSameSearchAsync(Watermark? state, CancellationToken cancellationToken)
    {
        await connection.FindHomeAsync(signals, cancellationToken).AsPagingAsync().ConfigureAwait(false);
        var search = connection.Open(request, signals);
        await using var _ = search.ConfigureAwait(false);
        (_schema, Identity) = (search.Schema, search.Identity with { Host = connection.Transport.Host, RangeStart = null, RangeEnd = null });
        if (state is null)
            return;
        const string Strategy = "Watermark";
        try
        {
            new Checkpoint { Strategy = Strategy, Identity = state.Identity, Position = PagePosition.Of() }.EnsureFits(Strategy, Identity);
            if (state.TimeZone != request.TimeZone)
                throw new CheckpointMismatchException("time zone", state.TimeZone ?? "none", request.TimeZone ?? "none");
        }
        catch (CheckpointMismatchException e)
        {
            throw new CheckpointMismatchException(e.What, e.Saved, e.Asked, $"The watermark file '{settings.Path}' belongs to another schedule: its {e.What} is '{e.Saved}', but "
                + $"this run has '{e.Asked}'. Use another watermark file for each search.");
        }
    }

    private WalkIdentity Identity { get; set; } = new("", "", "", "");

    // The process ended after the last step was committed and before its parts were deleted.
    private static void CleanUp(Watermark? state)
    {
        if (state is not { LastPath: { } last } || last == state.Pending?.Path || !Directory.Exists(last + ExportTarget.PartialEnding))
            return;
        try
        {
            FinishedFolder.Remove(last);
        }
        catch (Exception e) when (e is ExportException || FileErrors.Is(e))
        {
            // It is only disk space. The next run tries again.
        }
    }

    // The next step; null if there is none.
    private async Task<PendingStep?> NextAsync(WatermarkFile file, CancellationToken cancellationToken)
    {
        var now = (_now ??= await connection.NowAsync(request, signals, cancellationToken).ConfigureAwait(false)).ToUnixTimeMilliseconds();
        var state = file.State ?? Begin(DateTimeOffset.FromUnixTimeMilliseconds(now));
        _began ??= state.Position;
        var end = now - (long)settings.Lag.TotalMilliseconds;
        if (now < state.LatestNow && _exports.Count == 0)
        {
            signals.Warn(SignalKind.RangePinned, $"the clock says {UtcTime.Iso(now)}, but an earlier run saw {UtcTime.Iso(state.LatestNow.Value)}. "
                + "The watermark does not move back, and nothing is exported twice");
        }
        state = state with { LatestNow = Math.Max(now, state.LatestNow ?? now) };
        if (end <= state.Position)
        {
            if (file.State != state)
                file.Save(state, "clock");
            return null;
        }
        end = Math.Min(end, state.Position + (long)settings.MaxStep.TotalMilliseconds);
        var from = Math.Max(state.KnownFrom, state.Position - (long)settings.Lookback.TotalMilliseconds);
        var next = new PendingStep(Target(state.Position, end).Path, from, state.Position, end);
        EnsureFree(next);
        file.Save(Pruned(state, from) with { Pending = next }, "begun");
        return next;
    }

    private Watermark Begin(DateTimeOffset now)
    {
        var start = request.Range.Start;
        var first = start.Milliseconds ?? RelativeTimeWords.Resolve(start.Words ?? "now", now).ToUnixTimeMilliseconds();
        if (first > now.ToUnixTimeMilliseconds())
            throw new ArgumentException($"The first run would begin at {UtcTime.Iso(first)}, which is in the future: the clock says {UtcTime.Iso(now.ToUnixTimeMilliseconds())}.");
        var key = new byte[32];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(key);
        return new Watermark { Identity = Identity, TimeZone = request.TimeZone, Key = Convert.ToBase64String(key), First = first, Position = first, KnownFrom = first };
    }

    // Rows that are not read again are only counted.
    private Watermark Pruned(Watermark state, long from)
    {
        if (from == state.KnownFrom)
            return state;
        var seen = SeenRows.Parse(state.Rows);
        return state with
        {
            KnownFrom = from,
            Rows = seen.From(from).ToText(),
            Watched = _traits.MayMoveTimes ? [] : WatchedHour.Until(state.Watched, state.First, from, seen.TimesBefore(from)),
        };
    }

    private void EnsureFree(PendingStep step)
    {
        try
        {
            StoreOpening.EnsureMayBegin(Target(step.Start, step.End));
        }
        catch (ExportException e) when (e.Kind is ExportErrorKind.OutputExists or ExportErrorKind.ResumableExists)
        {
            throw new ExportException(e.Kind, step.Path, $"'{step.Path}' already exists, and a schedule never replaces a file. Nothing was fetched. Each step "
                + "needs its own name: use {start} in the path, or a format as fine as the schedule, such as {start:yyyy-MM-dd-HHmm}.", e);
        }
    }

    private ExportTarget Target(long start, long end) => target(path.Fill(name => DateTimeOffset.FromUnixTimeMilliseconds(name == "start" ? start : end)));

    // A step that was begun by an earlier run. Its own settings are used, so that its output is the one that was begun.
    private async Task<bool> ResumeAsync(WatermarkFile file, PendingStep pending, CancellationToken cancellationToken)
    {
        ExportRequest? saved = null;
        if (new PartialFolder(pending.Path + ExportTarget.PartialEnding).HasCheckpoint)
        {
            try
            {
                saved = ExportRequest.Resuming(pending.Path, connection.Restore);
            }
            catch (ExportException e) when (e.Kind == ExportErrorKind.NothingToResume)
            {
                // It broke off before the server answered. The step begins again.
                FinishedFolder.Remove(pending.Path);
            }
        }
        if (saved is not null)
            return await ExportAsync(file, pending, saved, default, cancellationToken).ConfigureAwait(false);
        // The folder is deleted after the commit, or if nothing was read. A user can delete it too, and the output may stand then.
        var next = pending.Next is { } after && Stands(pending) ? after : file.State! with { Pending = null };
        file.Save(next, "dropped");
        return true;
    }

    private static bool Stands(PendingStep pending) => pending.Files is { Count: > 0 } files && Path.GetDirectoryName(pending.Path) is { } folder
        && files.All(f => FileHash.Is(Path.Combine(folder, Path.GetFileName(f.Path)), f.Bytes, f.Sha256));

    private async Task<bool> StepAsync(WatermarkFile file, PendingStep step, CancellationToken cancellationToken)
    {
        var state = file.State!;
        var watched = (state.Watched, 0L);
        if (!_traits.MayMoveTimes)
        {
            var seen = SeenRows.Parse(state.Rows);
            watched = await new LateWatch(connection, request, signals)
                .FindAsync(state.Watched, step.From, seen.TimesBefore(step.From + 1).Count(), cancellationToken).ConfigureAwait(false);
        }
        return await ExportAsync(file, step, new ExportRequest(request.Over(step.From, step.End), Target(step.Start, step.End)), watched, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<bool> ExportAsync(
        WatermarkFile file, PendingStep pending, ExportRequest export, (IReadOnlyList<WatchedHour>? Hours, long TooLate) watched, CancellationToken cancellationToken)
    {
        var before = file.State!;
        var step = new ScheduledStep(file, settings, pending, _traits.MayMoveTimes, signals);
        if (watched.Hours is { } hours)
            step.Watched = (hours, watched.TooLate);
        export = export with { Target = step.Without(export.Target, _schema!), Step = step };
        var result = await new ExportRun(connection, export, signals, progress).RunAsync(cancellationToken).ConfigureAwait(false);
        _exports.Add(result);
        if (step.IsCommitted)
        {
            var after = file.State!;
            (_events, _recovered, _tooLate) = (_events + after.Events - before.Events, _recovered + step.Recovered, _tooLate + after.TooLate - before.TooLate);
        }
        else if (result.PartialPath is null)
        {
            // The verdict was refused, and nothing is left to resume.
            file.Save(file.State! with { Pending = null }, "refused");
        }
        return step.IsCommitted;
    }

    private ScheduledExportResult Result(Watermark state, Exception? failure, CancellationToken cancellationToken)
    {
        var last = _exports.Count > 0 ? _exports[_exports.Count - 1] : null;
        var error = failure ?? last?.Error;
        var hasGap = state.Pending is not null || _now?.ToUnixTimeMilliseconds() - (long)settings.Lag.TotalMilliseconds > state.Position;
        var isRefused = error is null && last is { Files.Count: 0 };
        return new ScheduledExportResult
        {
            Exports = [.. _exports],
            Reason = error is not null && cancellationToken.IsCancellationRequested ? "the run was interrupted"
                : error is not null ? $"the run broke off: {error.Message}"
                : isRefused ? $"a step was not published, because its result is {last!.Completeness.State}: {last.Completeness.Reason}. The next run reads it again"
                : _exports.Count == 0 ? "there is nothing to export yet"
                : "all events up to the watermark are exported",
            RangeStart = _began is { } began ? DateTimeOffset.FromUnixTimeMilliseconds(began) : null,
            RangeEnd = DateTimeOffset.FromUnixTimeMilliseconds(state.Position),
            Now = _now,
            HasGap = hasGap || isRefused,
            Events = _events,
            Recovered = _recovered,
            TooLate = _tooLate,
            TooLateInAll = state.TooLate,
            Error = error,
            Interrupted = cancellationToken.IsCancellationRequested && error is not null,
        };
    }
}
