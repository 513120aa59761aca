using System.ComponentModel;
using System.Management.Automation;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Search;
using LogScalePaging.Tenants;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that exports every record of a search to a file with a manifest, for every system.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RecordExportCommandBase : SearchCommandBase
{
    private readonly ClaimedOutputs _claimed = new();
    private TenantBatch? _tenants;
    private int _index;

    /// <summary>The file, with or without placeholders.</summary>
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

    /// <summary>Leave the account and the machine out of the manifest.</summary>
    [Parameter]
    public SwitchParameter NoOperator { get; set; }

    /// <summary>The authority that gives the manifest a timestamp.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? TimestampServer { get; set; }

    /// <summary>End the export cleanly after this time. A later run with -Resume goes on.</summary>
    [Parameter]
    [StopAfterTransformation]
    public TimeSpan? StopAfter { get; set; }

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
        if (TimestampServer is not null)
            Export.Timestamps.TimestampServer.EnsureUsable(TimestampServer);
        _index++;
        var connection = Connected(SystemName);
        if (Tenants.Read((this as ITenantSearch)?.MemberCid) is { } tenants)
        {
            Gather(TenantInput.Falcon(connection), tenants);
            return;
        }
        if (TrySchedule(connection))
            return;
        var server = connection.Search(SystemName)!;
        if (Prepare(connection, server) is { } request)
            this.Export(server, request, PassThru, RequireComplete, Keep);
    }

    private protected sealed override void OnEnd() => _tenants?.Run(PassThru, SummaryVariable, NoVerify, RequireComplete);

    private void Gather(FalconConnection falcon, IReadOnlyList<string> tenants)
    {
        var watermark = WatermarkOfTenants();
        _tenants ??= new TenantBatch(this, ConnectableSystem.Of(SystemName)) { StopAfter = StopAfter };
        _tenants.EnsureOwnFiles(tenants, PathTemplate.Parse(Path, OutputPath.Known), nameof(Path));
        if (watermark is not null)
            _tenants.EnsureOwnFiles(tenants, watermark, nameof(ScheduledExportCommandBase.Watermark));
        foreach (var tenant in tenants)
        {
            _tenants.Add(falcon, tenant, (cid, connect, server) => watermark is not null
                ? PrepareSchedule(falcon, server, cid, connect, OutputPath.FillWatermark(watermark, cid))
                : Prepare(falcon, server) is { } request ? new TenantExport(cid, connect, request) : null);
        }
    }

    // The valid request for a file; null if the user does not want the export.
    private ExportRequest? Prepare(ServerConnection connection, SearchConnection server)
    {
        var path = FilePath.Resolve(this, Filled(connection, server));
        // The path of a piped file is also a property that -Path takes.
        if (FileOfQuery is { } file && FilePath.Resolve(this, file) == path)
            throw new ArgumentException(
                "The output would replace the query file. Use -Path for the output, for example -Path '{name}.ndjson'.");
        var target = Output(path);
        var search = Request(connection, MaxEvents, resume: Resume && ExportStore.Exists(target));
        var request = new ExportRequest(search, target)
        {
            Resume = Resume,
            OrBegin = Resume,
            StopAfter = StopAfter,
            UsedBefore = Voice.CommandElapsed,
            NoOperator = NoOperator,
            TimestampServer = TimestampServer,
        };
        if (Compress && !path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            WriteWarning($"The file is compressed with gzip, and its name does not end in .gz. A better path is '{Path}.gz'.");
        _claimed.Claim(target);
        // -WhatIf must not promise an export that would be refused.
        request.EnsurePossible();
        if (ShouldProcess(path, $"Export the {ExportForecast.Nouns(server, search)} of: {search.Title}"))
            return request;
        if (IsWhatIf)
            Forecast(server, request);
        return null;
    }

    private void Keep(ExportResult result) => NamedVariable.Keep(SessionState, SummaryVariable, result, appends: _index > 1);

    // In this mode, ShouldProcess shows the line as the other "What if" lines are shown, and asks nothing.
    private void Forecast(SearchConnection server, ExportRequest request)
    {
        foreach (var line in ExportForecast.Lines(this, server, request))
            ShouldProcess(line, line, "");
    }

    // The range is only needed for the name here, and is checked afterwards.
    private string Filled(ServerConnection connection, SearchConnection server)
    {
        // The path of a file that exists is complete, and its folders may have braces in their names.
        if (PipedInto(nameof(Path))?.BaseObject is FileSystemInfo)
            return Path;
        var template = PathTemplate.Parse(Path, OutputPath.Known);
        return template.IsFixed
            ? template.Fill(static _ => null)
            : OutputPath.Fill(template, server, Request(connection, MaxEvents, resume: true), NameOfQuery, _index);
    }

    /// <summary>The path of the watermark files of tenants; null if the user does not ask for a schedule.</summary>
    private protected virtual PathTemplate? WatermarkOfTenants() => null;

    /// <summary>The valid run of the schedule of a tenant; null if the user does not want it.</summary>
    private protected virtual TenantSchedule? PrepareSchedule(
        ServerConnection connection, SearchConnection server, string cid, Func<SearchConnection> connect, string watermark) =>
        throw new NotSupportedException();

    /// <summary>Runs a step of a schedule, if the cmdlet can do that and the user asks for it.</summary>
    private protected virtual bool TrySchedule(ServerConnection connection) => false;

    /// <summary>The output at a path.</summary>
    private protected ExportTarget Output(string path)
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
            TimestampFormat = TimestampFormat,
            Compress = Compress || compressed,
            Force = Force,
            Property = Kept,
            ExcludeProperty = ExcludeProperty,
            MaxFileSize = MaxFileSize,
            MaxFileEvents = MaxFileEvents,
        };
    }
}
