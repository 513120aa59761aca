using System.Management.Automation;
using LogScalePaging.Export.Slices;

namespace LogScalePaging.Commands;

/// <summary><c>Merge-PagedExport</c>: checks the slices of a plan, counts the range again, and makes one manifest or one file.</summary>
[Cmdlet(VerbsData.Merge, "PagedExport", SupportsShouldProcess = true, HelpUri = HelpPages.Folder + "Merge-PagedExport.md")]
[OutputType(typeof(ExportResult), typeof(FileInfo))]
public sealed class MergePagedExportCommand : PlanCommandBase
{
    /// <summary>One file for all records.</summary>
    [Parameter(Position = 1)]
    [Alias("OutFile")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Skip the count of the whole range. The state is then Unverified.</summary>
    [Parameter]
    public SwitchParameter NoVerify { get; set; }

    /// <summary>Replace an existing output.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void OnProcess()
    {
        if (RequireComplete && NoVerify)
            throw new ArgumentException("-RequireComplete requires the server's count. Remove -NoVerify.");
        EnsureTimestampServer();
        var options = new MergeOptions { Folder = FolderPath, Force = Force, NoOperator = NoOperator, TimestampServer = TimestampServer };
        var merge = MergeRun.Load(PlanFile, options, Signals, TimeProvider.System);
        var path = Path is null ? null : FilePath.Resolve(this, Path);
        var target = merge.Target(path);
        var connection = NoVerify ? null : Searched(merge.Plan);
        if (!ShouldProcess(path ?? target.ManifestPath, $"Merge the slices of: {merge.Plan.Query}"))
            return;
        var activity = $"Merge {merge.Plan.Slices.Count} slices";
        var progress = new ReportedProgress<long>(events =>
            Voice.Note(ProgressText.Of(activity, FormattableString.Invariant($"{events:N0} events"), null)));
        var result = Run(token => merge.RunAsync(connection, path, progress, token));
        this.Emit(result, new ExportResult(result, target.Path), PassThru, RequireComplete);
    }
}
