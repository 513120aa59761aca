using System.Management.Automation;
using LogScalePaging.Export;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Commands;

/// <summary><c>Invoke-QueryJobExport</c>: exports every event that a query matches to a file, with a manifest that proves it.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "QueryJobExport", SupportsShouldProcess = true, HelpUri = HelpPages.Folder + "Invoke-QueryJobExport.md")]
[OutputType(typeof(ExportResult), typeof(FileInfo))]
public sealed class InvokeQueryJobExportCommand : SearchCommandBase
{
    /// <summary>The query in CQL.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("QueryString")]
    [ValidateNotNullOrEmpty]
    public override string Query { get; set; } = "";

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "PSPath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Format of the file.</summary>
    [Parameter]
    public ExportFileFormat Format { get; set; }

    /// <summary>Compress with gzip.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>Maximum number of events, newest first.</summary>
    [Parameter]
    [Alias("First")]
    [ValidateRange(1, long.MaxValue)]
    public long? MaxEvents { get; set; }

    /// <summary>Start a new file before one grows larger than this many bytes, before compression.</summary>
    [Parameter]
    [ValidateRange(ExportTarget.SmallestFileLimit, long.MaxValue)]
    public long? MaxFileSize { get; set; }

    /// <summary>Start a new file after this many events.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? MaxFileEvents { get; set; }

    /// <summary>Resume an earlier run of the same export, or begin if there is none.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Replace an existing file, and delete a run that could be resumed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emit the files instead of the result.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? Target => Path;

    private protected override void OnProcess()
    {
        var connection = Connected();
        var path = FilePath.Resolve(this, Path);
        var target = Output(path);
        var goesOn = Resume && ExportStore.Exists(target);
        var request = new ExportRequest(Search(connection, MaxEvents, goesOn), target) { Resume = Resume, OrBegin = Resume };
        if (Compress && !path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            WriteWarning($"The file is compressed with gzip, and its name does not end in .gz. A better path is '{Path}.gz'.");
        // -WhatIf must not promise an export that would be refused.
        request.EnsurePossible();
        if (ShouldProcess(path, $"Export the events of: {Query}"))
            this.Export(connection.Jobs(), request, PassThru, RequireComplete);
    }

    private ExportTarget Output(string path)
    {
        var named = SearchParameters.Engine(Format);
        ExportFormats.TryFromPath(path, out _, out var compressed);
        return new ExportTarget
        {
            Path = path,
            Format = named ?? ExportFormats.FromPath(path, out _),
            Compress = Compress || compressed,
            Force = Force,
            Property = Property,
            ExcludeProperty = ExcludeProperty,
            MaxFileSize = MaxFileSize,
            MaxFileEvents = MaxFileEvents,
        };
    }
}
