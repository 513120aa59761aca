using System.Management.Automation;
using LogScalePaging.Export.Runs;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary><c>Resume-PagedExport</c>: resumes an export that broke off, of any system, by the path of its file.</summary>
[Cmdlet(VerbsLifecycle.Resume, "PagedExport", SupportsShouldProcess = true, HelpUri = HelpPages.Folder + "Resume-PagedExport.md")]
[Alias("Resume-QueryJobExport")]
[OutputType(typeof(ExportResult), typeof(FileInfo))]
public sealed class ResumePagedExportCommand : ConnectedCommandBase
{
    /// <summary>The output file of the export.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "PSPath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PartialPathCompleter))]
    public string Path { get; set; } = "";

    /// <summary>Longest time without progress of a query job, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, SearchParameters.MostJobTimeoutSec)]
    public int JobTimeoutSec { get; set; } = SearchParameters.DefaultJobTimeoutSec;

    /// <summary>Leave the account and the machine of this run out of the manifest.</summary>
    [Parameter]
    public SwitchParameter NoOperator { get; set; }

    /// <summary>The authority that gives the manifest a timestamp. An export that is finished gets one too.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? TimestampServer { get; set; }

    /// <summary>End this run cleanly after this time. The next run goes on.</summary>
    [Parameter]
    [StopAfterTransformation]
    public TimeSpan? StopAfter { get; set; }

    /// <summary>Emit the files instead of the result.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>End with a terminating error unless the state is Complete.</summary>
    [Parameter]
    public SwitchParameter RequireComplete { get; set; }

    private protected override object? Target => Path;

    private protected override bool GoesOnAfterFailure => !RequireComplete;

    private protected override void OnProcess()
    {
        var path = FilePath.Resolve(this, Path);
        if (TimestampServer is not null)
            Export.Timestamps.TimestampServer.EnsureUsable(TimestampServer);
        if (TimestampServer is not null && ExportTimestamp.IsFinished(path))
        {
            Stamp(path, TimestampServer);
            return;
        }
        var request = ExportRequest.Resuming(path, Systems.Restore);
        request = request with
        {
            NoOperator = request.NoOperator || NoOperator,
            TimestampServer = TimestampServer,
            StopAfter = StopAfter,
            UsedBefore = Voice.CommandElapsed,
        };
        if (request.Search is SearchSpec jobs)
            request = request with { Search = jobs with { JobTimeout = TimeSpan.FromSeconds(JobTimeoutSec) } };
        var system = request.Search.System;
        var connection = Connected(system).Search(system)!;
        if (ShouldProcess(request.Target.Path, $"Resume the export of: {request.Search.Title}"))
            this.Export(connection, request, PassThru, RequireComplete);
    }

    // The authority may have been out of reach when the export ended.
    private void Stamp(string path, Uri server)
    {
        if (ShouldProcess(path, $"Get a timestamp of {server.GetLeftPart(UriPartial.Authority)} for the manifest"))
        {
            var result = Run(token => ExportTimestamp.AddAsync(path, server, Signals, token));
            this.Emit(result, new ExportResult(result, path), PassThru, RequireComplete);
        }
    }
}
