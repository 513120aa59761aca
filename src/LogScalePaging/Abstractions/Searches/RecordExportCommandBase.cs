using System.ComponentModel;
using System.Management.Automation;
using LogScalePaging.Export;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that exports every record of a search to a file with a manifest, for every system.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RecordExportCommandBase : SearchCommandBase
{
    private TenantBatch? _tenants;

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

    /// <summary>Begin a csv with a byte order mark.</summary>
    [Parameter]
    public SwitchParameter Bom { get; set; }

    /// <summary>Maximum number of records, in the order of the search.</summary>
    [Parameter]
    [Alias("First")]
    [ValidateRange(1, long.MaxValue)]
    public long? MaxEvents { get; set; }

    /// <summary>Start a new file before one grows larger than this many bytes, before compression.</summary>
    [Parameter]
    [ValidateRange(ExportTarget.SmallestFileLimit, long.MaxValue)]
    public long? MaxFileSize { get; set; }

    /// <summary>Start a new file after this many records.</summary>
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

    /// <summary>
    /// Name of a variable that gets the result, or with child tenants the verdict over all of them; with + before it, it is appended.
    /// </summary>
    [Parameter]
    [Alias("sv")]
    [ValidateNotNullOrEmpty]
    public string? SummaryVariable { get; set; }

    private protected override object? Target => Path;

    private protected sealed override void OnProcess()
    {
        NamedVariable.EnsureValid(SummaryVariable, nameof(SummaryVariable));
        var connection = Connected(SystemName);
        if (Tenants.Read((this as ITenantSearch)?.MemberCid) is { } tenants)
        {
            Gather(TenantInput.Falcon(connection), tenants);
            return;
        }
        if (this is ITenantSearch)
            TenantInput.EnsureNoPlaceholder(Path);
        if (Prepare(connection, Path) is { } request)
            this.Export(connection.Search(SystemName)!, request, PassThru, RequireComplete, Keep);
    }

    private protected sealed override void OnEnd() => _tenants?.Run(PassThru, SummaryVariable, NoVerify, RequireComplete);

    private void Gather(FalconConnection falcon, IReadOnlyList<string> tenants)
    {
        _tenants ??= new TenantBatch(this, ConnectableSystem.Of(SystemName));
        var template = PathTemplate.Parse(Path, [TenantInput.Placeholder]);
        foreach (var tenant in tenants)
            _tenants.Add(falcon, tenant, cid => Prepare(falcon, template.Fill(_ => cid)));
    }

    // The valid request for a file; null if the user does not want the export.
    private ExportRequest? Prepare(ServerConnection connection, string file)
    {
        var path = FilePath.Resolve(this, file);
        var target = Output(path);
        var search = Request(connection, MaxEvents, resume: Resume && ExportStore.Exists(target));
        var request = new ExportRequest(search, target) { Resume = Resume, OrBegin = Resume };
        if (Compress && !path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            WriteWarning($"The file is compressed with gzip, and its name does not end in .gz. A better path is '{file}.gz'.");
        // -WhatIf must not promise an export that would be refused.
        request.EnsurePossible();
        return ShouldProcess(path, $"Export the events of: {search.Title}") ? request : null;
    }

    private void Keep(ExportResult result) => NamedVariable.Keep(SessionState, SummaryVariable, result);

    private ExportTarget Output(string path)
    {
        var named = SearchParameters.Engine(Format);
        ExportFormats.TryFromPath(path, out _, out var compressed);
        var format = named ?? ExportFormats.FromPath(path, out _);
        if (Bom && format != ExportFormat.Csv)
            throw new ArgumentException($"-Bom is only for csv, and the format is {ExportFormats.Name(format)}.");
        return new ExportTarget
        {
            Path = path,
            Format = format,
            Bom = Bom,
            Compress = Compress || compressed,
            Force = Force,
            Property = Kept,
            ExcludeProperty = ExcludeProperty,
            MaxFileSize = MaxFileSize,
            MaxFileEvents = MaxFileEvents,
        };
    }
}
