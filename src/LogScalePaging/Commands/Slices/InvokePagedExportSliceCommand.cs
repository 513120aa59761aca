using System.Management.Automation;
using LogScalePaging.Export.Slices;

namespace LogScalePaging.Commands;

/// <summary><c>Invoke-PagedExportSlice</c>: exports one slice of a plan, or continues it.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PagedExportSlice", SupportsShouldProcess = true, HelpUri = HelpPages.Folder + "Invoke-PagedExportSlice.md")]
[OutputType(typeof(ExportResult), typeof(FileInfo))]
public sealed class InvokePagedExportSliceCommand : PlanCommandBase
{
    /// <summary>Index of the slice, from 0.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, ExportPlan.MostSlices - 1)]
    public int? Index { get; set; }

    /// <summary>End this run cleanly after this time. The next run of the slice goes on.</summary>
    [Parameter]
    [StopAfterTransformation]
    public TimeSpan? StopAfter { get; set; }

    private protected override void OnProcess()
    {
        EnsureTimestampServer();
        var slice = SliceRun.Load(PlanFile, Index, FolderPath, Environment.GetEnvironmentVariable);
        var connection = Searched(slice.Plan);
        if (!ShouldProcess(slice.Target.Path, $"Export {slice.Title} of: {slice.Plan.Query}"))
            return;
        try
        {
            var request = Run(token => slice.RequestAsync(connection, Signals, token));
            request = request with
            {
                NoOperator = request.NoOperator || NoOperator,
                TimestampServer = TimestampServer,
                StopAfter = StopAfter,
                UsedBefore = Voice.CommandElapsed,
            };
            using (slice.Limit(connection))
                this.Export(connection, request, PassThru, RequireComplete, idOf: IdOf);
        }
        catch (Exception e) when (!Stopping && ErrorRecords.IsFailure(e))
        {
            throw TryAgain.May(e) ? new TryAgainException(e) : slice.Explain(e);
        }
    }

    private static string IdOf(Exception failure) => TryAgain.May(failure) ? ErrorRecords.TryAgain : ErrorRecords.IncompleteExport;
}
