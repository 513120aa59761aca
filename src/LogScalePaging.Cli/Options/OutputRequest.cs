using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Cli.Options;

/// <summary>What the user said of the output.</summary>
/// <param name="Path">As it was written; <c>-</c> for standard output.</param>
/// <param name="Format">The format, named or by the ending.</param>
/// <param name="Compress">Gzip, named or by the ending.</param>
/// <param name="Fields">Fields to keep; null for all.</param>
/// <param name="Resume">Go on with an earlier run.</param>
/// <param name="Force">Replace what is there.</param>
internal sealed record OutputRequest(string Path, ExportFormat Format, bool Compress, IReadOnlyList<string>? Fields, bool Resume, bool Force)
{
    /// <summary>Bytes of a file at most; null for one file.</summary>
    public long? MaxFileSize { get; init; }

    /// <summary>Events of a file at most; null for one file.</summary>
    public long? MaxFileEvents { get; init; }

    /// <summary>True when the events go to standard output.</summary>
    public bool IsStandardOutput => Path == OutputOptions.StandardOutput;

    /// <summary>The same as the engine wants it.</summary>
    /// <exception cref="ExportException">It cannot be a path.</exception>
    public ExportTarget ToTarget() => new()
    {
        Path = Path,
        Format = Format,
        Compress = Compress,
        Property = Fields,
        Force = Force,
        MaxFileSize = MaxFileSize,
        MaxFileEvents = MaxFileEvents,
    };
}
