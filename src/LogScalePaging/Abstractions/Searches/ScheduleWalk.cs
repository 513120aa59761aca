using System.Management.Automation;
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
        var result = new ScheduleResult(came, settings.Path);
        if (command.Stopping)
            throw new PipelineStoppedException();
        command.Voice.Finish();
        keep(result);
        if (!passThru)
            command.WriteObject(result);
        else if (result.Files.Count > 0)
            command.WriteObject(command.InvokeProvider.Item.Get([.. result.Files], force: true, literalPath: true),
                enumerateCollection: true);
        foreach (var export in came.Exports.Where(e => e.TimestampError is not null))
            command.Fail(ErrorRecords.NoTimestamp(export.TimestampError!,
                new ExportResult(export, ManifestLocator.OutputOf(export.ManifestPath!))), terminates: false);
        if (came.Error is { } error)
            command.Fail(ErrorRecords.BrokenSchedule(error, result), terminates: settings.RequireComplete);
        else if (came.State == CompletenessState.Incomplete || (settings.RequireComplete && came.State != CompletenessState.Complete))
            command.Fail(ErrorRecords.Incompleteness(result.State, result.Reason, result)!, terminates: settings.RequireComplete);
        else
            command.WriteVerbose(result.ToString());
    }
}
