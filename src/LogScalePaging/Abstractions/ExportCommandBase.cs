using System.Management.Automation;
using LogScalePaging.Export;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that exports to a file.</summary>
public abstract class ExportCommandBase : ConnectedCommandBase
{
    /// <summary>Emit the files in place of the result.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Runs an export, emits what it came to, and says as an error when that is not all.</summary>
    private protected void Export(LogScaleConnection connection, ExportRequest request)
    {
        var activity = $"Export to {Path.GetFileName(request.Target.Path)}";
        var run = new ExportRun(connection.Engine, request, Signals, progress => Voice.Note(ProgressText.Of(activity, progress)));
        var came = Run(run.RunAsync);
        var result = new ExportResult(came, request.Target.Path);
        // Nothing can be written any more after Ctrl+C; what was read stays on disk and can be resumed.
        if (Stopping)
            throw new PipelineStoppedException();
        Voice.Finish();
        if (PassThru)
            WriteObject(came.Files.Select(f => new FileInfo(f)), enumerateCollection: true);
        else
            WriteObject(result);
        if (came.Error is { } error)
            WriteError(ErrorRecords.BrokenExport(error, result));
        else
            WriteVerbose(result.ToString());
    }
}
