using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Records;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Options;

/// <summary>The output that the user requested.</summary>
/// <param name="Path">As it was written; <c>-</c> for standard output.</param>
/// <param name="Format">The format, by option or by the extension.</param>
/// <param name="Compress">Whether to use gzip, by option or by the extension.</param>
/// <param name="Fields">Fields to keep; null for all.</param>
/// <param name="Resume">Continue an earlier run.</param>
/// <param name="Force">Replace an existing output.</param>
internal sealed record OutputRequest(string Path, ExportFormat Format, bool Compress, IReadOnlyList<string>? Fields, bool Resume,
    bool Force)
{
    /// <summary>Fields to leave out; null for none.</summary>
    public IReadOnlyList<string>? ExcludeFields { get; init; }

    /// <summary>Begin a csv with a byte order mark.</summary>
    public bool Bom { get; init; }

    /// <summary>How the times of records are written.</summary>
    public TimestampFormat TimestampFormat { get; init; }

    /// <summary>Maximum bytes of a file; null for one file.</summary>
    public long? MaxFileSize { get; init; }

    /// <summary>Maximum events of a file; null for one file.</summary>
    public long? MaxFileEvents { get; init; }

    /// <summary>Leave the account and the machine out of the manifest.</summary>
    public bool NoOperator { get; init; }

    /// <summary>The authority that gives the manifest a timestamp; null for none.</summary>
    public Uri? TimestampServer { get; init; }
    /// <summary>The time after which the run is ended cleanly; null for no limit.</summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>The path with placeholders as it was written; null if it has none.</summary>
    public PathTemplate? Template { get; init; }

    /// <summary>
    /// True if an earlier run may be continued, whose range is pinned already. With placeholders, this is known only when the path is.
    /// </summary>
    public bool MayGoOn => Resume && (Template is not null || ExportStore.Exists(ToTarget()));

    /// <summary>The same with values in place of the placeholders.</summary>
    /// <exception cref="ExportException">A placeholder has no value here.</exception>
    public OutputRequest Filled(SearchConnection connection, SearchRequest request, string? name) =>
        Template is null ? this : this with { Path = OutputPath.Fill(Template, connection, request, name, index: 1) };

    /// <summary>True if the events go to standard output.</summary>
    public bool IsStandardOutput => Path == OutputOptions.StandardOutput;

    /// <summary>The same for the engine.</summary>
    /// <exception cref="ExportException">The path is not valid.</exception>
    public ExportTarget ToTarget() => new()
    {
        Path = Path,
        Format = Format,
        Compress = Compress,
        Bom = Bom,
        TimestampFormat = TimestampFormat,
        Property = Fields,
        ExcludeProperty = ExcludeFields,
        Force = Force,
        MaxFileSize = MaxFileSize,
        MaxFileEvents = MaxFileEvents,
    };

    /// <summary>The export of a search to this output.</summary>
    /// <exception cref="ExportException">The path is not valid.</exception>
    public ExportRequest ToRequest(SearchRequest search) => new(search, ToTarget())
    {
        Resume = Resume,
        OrBegin = Resume,
        StopAfter = StopAfter,
        NoOperator = NoOperator,
        TimestampServer = TimestampServer,
    };
}
