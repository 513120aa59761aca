using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.Export.Runs;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary>Runs an export for a cmdlet.</summary>
internal static class ExportWalk
{
    /// <summary>Runs an export, emits its result, and writes an error if it broke off.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="request">The export.</param>
    /// <param name="passThru">Emit the files instead of the result.</param>
    /// <param name="requireComplete">End with a terminating error unless the state is Complete.</param>
    /// <param name="finished">Gets the result before it is emitted; null for no one.</param>
    /// <param name="idOf">The error id of an export that broke off; null for <see cref="ErrorRecords.IncompleteExport"/>.</param>
    public static void Export(
        this LogScaleCommandBase command, SearchConnection connection, ExportRequest request, bool passThru, bool requireComplete,
        Action<ExportResult>? finished = null, Func<Exception, string>? idOf = null)
    {
        var progress = command.Voice.Progress($"Export to {Path.GetFileName(request.Target.Path)}", request.Search.MaxEvents);
        var run = new ExportRun(connection, request, command.Signals, progress.Note);
        var came = command.Run(run.RunAsync);
        var result = new ExportResult(came, request.Target.Path);
        if (command.Stopping)
        {
            Farewell(command, result);
            throw new PipelineStoppedException();
        }
        finished?.Invoke(result);
        Emit(command, came, result, passThru, requireComplete, idOf);
    }

    /// <summary>Emits the result of an export, and writes an error if it broke off.</summary>
    public static void Emit(
        this LogScaleCommandBase command, ExportOutcome came, ExportResult result, bool passThru, bool requireComplete,
        Func<Exception, string>? idOf = null)
    {
        command.Voice.Finish();
        Emit(command, came.Files, result, passThru);
        if (came.StoppedAfter is not null && idOf is not null)
            command.Fail(ErrorRecords.StoppedSlice(result), terminates: requireComplete);
        else if (came.StoppedAfter is not null)
            SayStopped(command, result);
        if (came.Error is { } error)
            command.Fail(ErrorRecords.BrokenExport(error, result, idOf?.Invoke(error) ?? ErrorRecords.IncompleteExport),
                terminates: requireComplete);
        else
            command.WriteVerbose(result.ToString());
        if (came.TimestampError is { } failure)
            command.Fail(ErrorRecords.NoTimestamp(failure, result), terminates: false);
        if (requireComplete && ErrorRecords.Incompleteness(result.State, result.Reason, result) is { } incomplete)
            command.Fail(incomplete, terminates: true);
    }

    /// <summary>Emits the result of an export, or its files, without errors.</summary>
    /// <returns>The result.</returns>
    public static ExportResult Emit(LogScaleCommandBase command, ExportOutcome came, string path, bool passThru)
    {
        var result = new ExportResult(came, path);
        Emit(command, came.Files, result, passThru);
        return result;
    }

    // Files are emitted through Get-Item. A new FileInfo would show no mode, owner or size in PowerShell's own table.
    private static void Emit(LogScaleCommandBase command, IReadOnlyList<string> files, ExportResult result, bool passThru)
    {
        if (passThru)
            EmitFiles(command, files, result);
        else
            command.WriteObject(result);
    }

    // Files do not show the verdict, so a warning does. A result shows its state, so -NoVerify gives no warning with it.
    private static void EmitFiles(LogScaleCommandBase command, IReadOnlyList<string> paths, ExportResult result)
    {
        var isTold = result.Warnings.Any(w => result.Reason is { } reason && w.Contains(reason));
        if (result.State != nameof(CompletenessState.Complete) && result.ManifestPath is not null && !isTold)
            command.WriteWarning($"The export is {result.State}: {result.Reason}");
        if (paths.Count == 0)
            return;
        foreach (var file in command.InvokeProvider.Item.Get([.. paths], force: true, literalPath: true))
        {
            file.Properties.Add(new PSNoteProperty("Export", result));
            command.WriteObject(file);
        }
    }

    private static void SayStopped(LogScaleCommandBase command, ExportResult result) => command.WriteWarning(result.PartialPath is null
        ? $"The export is Incomplete: {result.Reason}. No events were saved. Run the command again with a longer time."
        : $"The export is Incomplete: {result.Reason}. {Counted.Of(result.Events, "event")} saved. "
            + $"Continue with: {ErrorRecords.ResumeCommand(result.Path)}");

    // A cmdlet that is being stopped cannot write to its streams. The user who pressed Ctrl+C still sees the host.
    private static void Farewell(LogScaleCommandBase command, ExportResult result)
    {
        if (result.PartialPath is not null)
            Farewell(command,
                $"Stopped: {Counted.Of(result.Events, "event")} saved. Continue with: {ErrorRecords.ResumeCommand(result.Path)}");
    }

    /// <summary>Shows a line to the user of a cmdlet that is being stopped.</summary>
    public static void Farewell(LogScaleCommandBase command, string line)
    {
        if (command.MaySay("WarningPreference", "WarningAction"))
            command.Host.UI.WriteWarningLine(line);
    }
}
