using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Cli.Options;

/// <summary>The output that the user requested.</summary>
/// <param name="Path">As it was written; <c>-</c> for standard output.</param>
/// <param name="Format">The format, by option or by the extension.</param>
/// <param name="Compress">Whether to use gzip, by option or by the extension.</param>
/// <param name="Fields">Fields to keep; null for all.</param>
/// <param name="Resume">Continue an earlier run.</param>
/// <param name="Force">Replace an existing output.</param>
internal sealed record OutputRequest(string Path, ExportFormat Format, bool Compress, IReadOnlyList<string>? Fields, bool Resume, bool Force)
{
    /// <summary>Fields to leave out; null for none.</summary>
    public IReadOnlyList<string>? ExcludeFields { get; init; }

    /// <summary>Begin a csv with a byte order mark.</summary>
    public bool Bom { get; init; }

    /// <summary>Maximum bytes of a file; null for one file.</summary>
    public long? MaxFileSize { get; init; }

    /// <summary>Maximum events of a file; null for one file.</summary>
    public long? MaxFileEvents { get; init; }

    /// <summary>Leave the account and the machine out of the manifest.</summary>
    public bool NoOperator { get; init; }

    /// <summary>The authority that gives the manifest a timestamp; null for none.</summary>
    public Uri? TimestampServer { get; init; }

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
        Property = Fields,
        ExcludeProperty = ExcludeFields,
        Force = Force,
        MaxFileSize = MaxFileSize,
        MaxFileEvents = MaxFileEvents,
    };
}
