using System.Management.Automation;
using LogScalePaging.Export;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;
using Engine = LogScalePaging.Export.ExportResult;

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
    public static void Export(this LogScaleCommandBase command, SearchConnection connection, ExportRequest request, bool passThru, bool requireComplete)
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
        command.Emit(came, request.Target.Path, passThru, requireComplete);
    }

    /// <summary>Emits the result of an export, and writes an error if it broke off.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="came">The result.</param>
    /// <param name="path">The path that was requested.</param>
    /// <param name="passThru">Emit the files instead of the result.</param>
    /// <param name="requireComplete">End with a terminating error unless the state is Complete.</param>
    public static void Emit(this LogScaleCommandBase command, Engine came, string path, bool passThru, bool requireComplete)
    {
        var result = new ExportResult(came, path);
        command.Voice.Finish();
        // Files are emitted through Get-Item. A new FileInfo would show no mode, owner or size in PowerShell's own table.
        if (passThru)
            EmitFiles(command, came.Files, result);
        else
            command.WriteObject(result);
        if (came.Error is { } error)
            command.Fail(ErrorRecords.BrokenExport(error, result), terminates: requireComplete);
        else
            command.WriteVerbose(result.ToString());
        if (came.TimestampError is { } failure)
            command.Fail(ErrorRecords.NoTimestamp(failure, result), terminates: false);
        if (requireComplete && ErrorRecords.Incompleteness(result.State, result.Reason, result) is { } incomplete)
            command.Fail(incomplete, terminates: true);
    }

    // The files alone would hide the verdict. -NoVerify gives no warning of its own, because the user of a result sees the state.
    private static void EmitFiles(LogScaleCommandBase command, IReadOnlyList<string> paths, ExportResult result)
    {
        var isTold = result.Warnings.Any(w => result.Reason is { } reason && w.Contains(reason));
        if (result.State != nameof(CompletenessState.Complete) && result.PartialPath is null && !isTold)
            command.WriteWarning($"The export is {result.State}: {result.Reason}");
        if (paths.Count == 0)
            return;
        foreach (var file in command.InvokeProvider.Item.Get([.. paths], force: true, literalPath: true))
        {
            file.Properties.Add(new PSNoteProperty("Export", result));
            command.WriteObject(file);
        }
    }

    // A cmdlet that is being stopped cannot write to its streams. The user who pressed Ctrl+C still sees the host.
    private static void Farewell(LogScaleCommandBase command, ExportResult result)
    {
        if (result.PartialPath is not null && command.MaySay("WarningPreference", "WarningAction"))
            command.Host.UI.WriteWarningLine(FormattableString.Invariant(
                $"Stopped: {result.Events:N0} events are saved. Continue with: {ErrorRecords.ResumeCommand(result.Path)}"));
    }
}
