using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Search;

namespace LogScalePaging.Export.Schedules;

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
    private static readonly long s_day = (long)TimeSpan.FromDays(1).TotalMilliseconds;
    private readonly long _started = connection.Transport.Time.GetTimestamp();
    private readonly List<ExportOutcome> _exports = [];
    private StepTraits _traits = new(null);
    private StepPlanning? _planning;
    private CancellationToken _limited;
    private StepClock? _clock;
    private bool _isOver;
    private long? _began;
    private long _events;
    private long _recovered;
    private long _tooLate;

    /// <summary>Name of the query, for its placeholder; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>The tenant that is searched; null for a system without tenants.</summary>
    public string? Tenant => connection.Tenant;

    /// <summary>Called at each change of the watermark file, for tests.</summary>
    internal Action<string>? Changed { get; init; }

    /// <summary>The clock of this machine, for tests; null for that of the connection.</summary>
    internal TimeProvider? OwnClock { get; init; }

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
            throw new ArgumentException(
                "A limit of events cannot be used with a watermark, because the events after the limit would never be exported.");
        if (!path.Has("start") && !path.Has("end"))
            throw new ExportException(ExportErrorKind.BadPath, path.Text,
                $"'{Printable.Line(path.Text)}' would be the output of each run. Add a "
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
        using var limit = new RunLimit(settings.StopAfter, connection.Transport.Time, _started, settings.UsedBefore, cancellationToken);
        _limited = limit.Token;
        try
        {
            _planning = await StepPlanning.OpenAsync(connection, request, settings, signals, _limited).ConfigureAwait(false);
            _planning.EnsureFits(file.State);
            _planning.Target = (start, end) => target(Filled(start, end));
            _began = file.State?.Position;
            FinishedFolder.CleanUp(file.State);
            var isDone = file.State?.Pending is not { } left || await ResumeAsync(file, left, cancellationToken).ConfigureAwait(false);
            while (isDone && await NextAsync(file).ConfigureAwait(false) is { } next)
                isDone = await StepAsync(file, next, cancellationToken).ConfigureAwait(false);
            var isStopped = _isOver && (End is null || End > file.State?.Position);
            return Result(file.State, null, cancellationToken, isStopped ? limit.Reason : null);
        }
        catch (OperationCanceledException e) when (limit.Ended(e))
        {
            return Result(file.State, null, cancellationToken, limit.Reason);
        }
        catch (Exception e) when (_exports.Count > 0 && e is PagingException or OperationCanceledException or ExportException)
        {
            // The steps before this error are published.
            return Result(file.State, e, cancellationToken);
        }
    }

    private string Filled(long start, long end) => path.Fill(name => name switch
    {
        "start" => Time(start),
        "end" => Time(end),
        "repository" => _planning!.Identity.Repository,
        "tenant" or "cid" => connection.Tenant,
        "name" => Name,
        _ => null,
    });

    private TimeSpan Elapsed => settings.UsedBefore + connection.Transport.Time.GetElapsedTime(_started);

    // The time up to which this run exports, in epoch milliseconds; null if the clock was not read.
    private long? End => _clock?.Now.ToUnixTimeMilliseconds() - (long)settings.Lag.TotalMilliseconds;

    // The next step; null if there is none.
    private async Task<PendingStep?> NextAsync(WatermarkFile file)
    {
        _isOver = _exports.Count > 0 && settings.StopAfter <= Elapsed;
        if (_isOver)
            return null;
        var clock = _clock ??= await StepClock.ReadAsync(connection, request, OwnClock, signals, _limited).ConfigureAwait(false);
        var next = _planning!.Next(file, clock, warns: _exports.Count == 0);
        _began = Math.Min(_began ?? long.MaxValue, file.State!.Position);
        return next;
    }

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
                LeftFolder.Remove(pending.Path);
            }
        }
        if (saved is not null)
            return await ExportAsync(file, NewStep(file, pending), saved, cancellationToken).ConfigureAwait(false);
        // The folder is deleted after the commit, or if nothing was read. A user can delete it too, and the output may stand then.
        var next = pending.Next is { } after && Stands(pending) ? after : file.State! with { Pending = null };
        file.Save(next, "dropped");
        return true;
    }

    private static bool Stands(PendingStep pending) =>
        pending.Files is { Count: > 0 } files && Path.GetDirectoryName(pending.Path) is { } folder
        && files.All(f => FileHash.Is(Path.Combine(folder, Path.GetFileName(f.Path)), f.Bytes, f.Sha256));

    private async Task<bool> StepAsync(WatermarkFile file, PendingStep pending, CancellationToken cancellationToken)
    {
        var (state, step) = (file.State!, NewStep(file, pending));
        if (!_traits.MayMoveTimes)
        {
            var now = _clock!.Now.ToUnixTimeMilliseconds();
            var all = state.ComparedAll is not { } compared || now - compared >= s_day || now < compared;
            var atStart = SeenRows.Parse(state.Rows).TimesBefore(pending.From + 1).Count();
            var found = await new LateWatch(connection, request, signals).FindAsync(state.Watched, pending.From, atStart, all,
                _limited).ConfigureAwait(false);
            (step.Watched, step.ComparedAll) = (found ?? step.Watched, all && found is not null ? now : state.ComparedAll);
        }
        var from = _traits.MayMoveTimes
            ? pending.From
            : await new LookbackCheck(connection, request, settings.Lag, signals).FromAsync(file, pending, _limited).ConfigureAwait(false);
        var export = new ExportRequest(request.Over(from, pending.End), _planning!.Target(pending.Named, pending.End));
        return await ExportAsync(file, step, export, cancellationToken).ConfigureAwait(false);
    }

    private ScheduledStep NewStep(WatermarkFile file, PendingStep pending) => new(file, settings, pending, _traits.MayMoveTimes, signals);

    private async Task<bool> ExportAsync(WatermarkFile file, ScheduledStep step, ExportRequest export, CancellationToken cancellationToken)
    {
        var before = file.State!;
        // A step that was begun gets at least a second, so that each run gets on.
        var used = settings.StopAfter - RunLimit.Least is { } most && most < Elapsed ? most : Elapsed;
        export = export with
        {
            Target = step.Without(export.Target, _planning!.Schema),
            Step = step,
            StopAfter = settings.StopAfter,
            UsedBefore = used,
            NoOperator = export.NoOperator || settings.NoOperator,
            TimestampServer = settings.TimestampServer,
        };
        var result = await new ExportRun(connection, export, signals, progress).RunAsync(cancellationToken).ConfigureAwait(false);
        _exports.Add(result);
        if (step.IsCommitted)
        {
            var after = file.State!;
            (_events, _recovered, _tooLate) = (_events + after.Events - before.Events, _recovered + step.Recovered,
                _tooLate + after.TooLate - before.TooLate);
        }
        else if (result.PartialPath is null)
        {
            // The verdict was refused, and nothing is left to resume.
            file.Save(file.State! with { Pending = null }, "refused");
        }
        return step.IsCommitted;
    }

    private ScheduledExportResult Result(Watermark? state, Exception? failure, CancellationToken cancellationToken, string? stopped = null)
    {
        var last = _exports.Count > 0 ? _exports[_exports.Count - 1] : null;
        var error = failure ?? last?.Error;
        var isInterrupted = error is not null && cancellationToken.IsCancellationRequested;
        var isUnpublished = error is null && last is { Files.Count: 0 };
        var isHeldBack = state is not null && End is { } end && _clock!.HoldsBack(state, end);
        return new ScheduledExportResult
        {
            Exports = [.. _exports],
            Reason = isInterrupted ? "the run was interrupted, and the next run continues from the watermark"
                : error is not null ? $"the run broke off: {error.Message}"
                : stopped ?? (isUnpublished ? WhyUnpublished(last!)
                : isHeldBack ? _clock!.WhyHeldBack(state!)
                : WhyDone(state!)),
            RangeStart = Time(_began),
            RangeEnd = Time(state?.Position),
            Now = isHeldBack ? null : _clock?.Now,
            HasGap = isUnpublished || isHeldBack || state is null || state.Pending is not null || End > state.Position
                || (End is null && stopped is not null),
            Events = _events,
            Recovered = _recovered,
            TooLate = _tooLate,
            TooLateInAll = state?.TooLate ?? 0,
            Error = error,
            Interrupted = isInterrupted,
            IsStopped = stopped is not null,
        };
    }

    private string WhyDone(Watermark state) => _tooLate > 0
            ? "all events up to the watermark are exported, except those that arrived too late"
        : _exports.Count > 0 ? "all events up to the watermark are exported"
        : _clock?.Now.ToUnixTimeMilliseconds() < state.Position
            ? "nothing is exported until the clock passes the watermark, which is in the future"
        : "there is nothing to export yet";

    private static string WhyUnpublished(ExportOutcome step) => step.PartialPath is not null
        ? $"{step.Completeness.Reason}. The next run continues the step that was begun"
        : $"a step was not published, because its result is {step.Completeness.State}: {step.Completeness.Reason}. The next run reads it "
            + $"again";

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
}
