using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Commands;

/// <summary>Runs a schedule for a cmdlet.</summary>
internal static class ScheduleWalk
{
    /// <summary>Runs it, emits its result, and writes an error if a step broke off or was not published.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="run">The run.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="passThru">Emit the files instead of the result.</param>
    /// <param name="keep">Receives the result.</param>
    public static void Run(this LogScaleCommandBase command, ScheduledExport run, ScheduleSettings settings, bool passThru,
        Action<ScheduleResult> keep)
    {
        var came = command.Run(run.RunAsync);
        var result = new ScheduleResult(came, settings.Path, run.Tenant);
        if (command.Stopping)
        {
            ExportWalk.Farewell(command,
                $"Stopped: this run wrote {Counted.Of(result.Events, "event")} to files. The same command continues from the watermark.");
            throw new PipelineStoppedException();
        }
        command.Voice.Finish();
        keep(result);
        Emit(command, result, passThru);
        var isGood = true;
        foreach (var error in Errors(came, result, settings))
        {
            var isVerdict = error.TargetObject is ScheduleResult;
            isGood &= !isVerdict;
            command.Fail(error, terminates: isVerdict && settings.RequireComplete);
        }
        if (isGood)
            command.WriteVerbose(result.ToString());
    }

    /// <summary>Emits the result of a run of a tenant, or its files, without errors.</summary>
    /// <returns>The result.</returns>
    public static ScheduleResult Emit(
        LogScaleCommandBase command, ScheduledExportResult came, ScheduleSettings settings, string tenant, bool passThru)
    {
        var result = new ScheduleResult(came, settings.Path, tenant);
        Emit(command, result, passThru);
        return result;
    }

    /// <summary>The errors of a run.</summary>
    public static IEnumerable<ErrorRecord> Errors(ScheduledExportResult came, ScheduleResult result, ScheduleSettings settings)
    {
        foreach (var export in came.Exports.Where(e => e.TimestampError is not null))
            yield return NoTimestamp(export);
        if (Failure(came, result, settings) is { } failure)
            yield return failure;
    }

    private static ErrorRecord NoTimestamp(Export.Runs.ExportOutcome export) =>
        ErrorRecords.NoTimestamp(export.TimestampError!, new ExportResult(export, ManifestLocator.OutputOf(export.ManifestPath!)));

    private static ErrorRecord? Failure(ScheduledExportResult came, ScheduleResult result, ScheduleSettings settings) =>
        came.Error is { } error
            ? ErrorRecords.BrokenSchedule(error, result)
        : came.State == CompletenessState.Incomplete || settings.RequireComplete
            ? ErrorRecords.Incompleteness(result.State, result.Reason, result, result.TooLate)
        : null;

    private static void Emit(LogScaleCommandBase command, ScheduleResult result, bool passThru)
    {
        if (!passThru)
            command.WriteObject(result);
        else if (result.Files.Count > 0)
            command.WriteObject(command.InvokeProvider.Item.Get([.. result.Files], force: true, literalPath: true),
                enumerateCollection: true);
    }
}
