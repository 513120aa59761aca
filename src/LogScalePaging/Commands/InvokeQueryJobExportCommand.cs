using System.Collections;
using System.Management.Automation;
using LogScalePaging.Export;
using LogScalePaging.LogScale;

namespace LogScalePaging.Commands;

/// <summary><c>Invoke-QueryJobExport</c>: brings every event that a query matches into a file, with a manifest that proves it.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "QueryJobExport", SupportsShouldProcess = true)]
[OutputType(typeof(ExportResult), typeof(FileInfo))]
public sealed class InvokeQueryJobExportCommand : ExportCommandBase
{
    /// <summary>The query in CQL.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("QueryString")]
    [ValidateNotNullOrEmpty]
    public string Query { get; set; } = "";

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "PSPath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Start of the range.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeTransformation]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public string Start { get; set; } = SearchParameters.DefaultStart;

    /// <summary>End of the range.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeTransformation]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public string End { get; set; } = SearchParameters.DefaultEnd;

    /// <summary>Repository or view in place of the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Repository { get; set; }

    /// <summary>Values for the query's <c>?parameters</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IDictionary? Argument { get; set; }

    /// <summary>Time zone for the query's time functions.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <summary>Let the server leave out events on slow storage.</summary>
    [Parameter]
    public SwitchParameter AllowEventSkipping { get; set; }

    /// <summary>Format of the file.</summary>
    [Parameter]
    public ExportFileFormat Format { get; set; }

    /// <summary>Compress with gzip.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>Fields to keep, in this order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldCompleter))]
    public string[]? Property { get; set; }

    /// <summary>How to get past the result buffer.</summary>
    [Parameter]
    public QueryStrategy Strategy { get; set; }

    /// <summary>Events at the most, newest first.</summary>
    [Parameter]
    [Alias("First")]
    [ValidateRange(1, long.MaxValue)]
    public long? MaxEvents { get; set; }

    /// <summary>Events a page of the walk.</summary>
    [Parameter]
    [ValidateRange(1, 200_000)]
    public int PageSize { get; set; } = SearchParameters.DefaultPageSize;

    /// <summary>Go on from what an earlier run of the same export left.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Replace a file that is there, and throw away a run that could be resumed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Do not count, and so prove nothing.</summary>
    [Parameter]
    public SwitchParameter NoVerify { get; set; }

    private protected override object? Target => Path;

    private protected override void OnProcess()
    {
        var connection = Connected();
        var path = FilePath.Resolve(this, Path);
        var request = new ExportRequest(Search(connection), Output(path)) { Resume = Resume };
        if (ShouldProcess(path, $"Export the events of: {Query}"))
            Export(connection, request);
    }

    private SearchSpec Search(LogScaleConnection connection) => new(Query)
    {
        Start = QueryTime.Parse(Start),
        End = QueryTime.Parse(End),
        Repository = Repository,
        Arguments = SearchParameters.Arguments(Argument),
        TimeZone = TimeZone,
        AllowEventSkipping = AllowEventSkipping,
        Strategy = SearchParameters.Engine(Strategy),
        Parallel = connection.ThrottleLimit,
        PageSize = PageSize,
        MaxEvents = MaxEvents,
        NoVerify = NoVerify,
    };

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
        };
    }
}
