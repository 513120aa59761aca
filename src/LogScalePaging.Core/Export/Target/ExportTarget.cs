using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;

namespace LogScalePaging.Export.Target;

/// <summary>Where an export goes, and in what shape.</summary>
public sealed record ExportTarget
{
    /// <summary>The least that a person may set as the limit of a file's size: less is a slip, such as 100 for 100MB, and would make a file an event.</summary>
    public const long SmallestFileLimit = 1_000;

    internal const string PartialEnding = ".partial";

    /// <summary>Full path of the output; a relative one is made full by the process' working directory when it is set.</summary>
    /// <exception cref="ExportException">It cannot be a path.</exception>
    public required string Path { get; init => field = Full(value); }

    /// <summary>Format of the output.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>Compress with gzip. The name stays as it is given; by custom it ends in <c>.gz</c>.</summary>
    public bool Compress { get; init; }

    /// <summary>Replace an output that is there, and throw away a run that could be resumed.</summary>
    public bool Force { get; init; }

    /// <summary>Fields to keep, in this order; null for all.</summary>
    public IReadOnlyList<string>? Property { get; init; }

    /// <summary>Begin another file before one grows past this many bytes (before compression); null for one file. An event that alone is larger has a file of its own.</summary>
    public long? MaxFileSize { get; init; }

    /// <summary>Begin another file after this many events; null for one file.</summary>
    public long? MaxFileEvents { get; init; }

    /// <summary>Where the record of the run goes.</summary>
    public string ManifestPath => Path + ".manifest.json";

    /// <summary>Folder that holds what is fetched until the output is whole.</summary>
    public string PartialPath => Path + PartialEnding;

    /// <summary>True when the output is numbered files <c>name-00001.ndjson</c> in place of one file.</summary>
    public bool Rotates => MaxFileSize is not null || MaxFileEvents is not null;

    private static string Full(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ExportException(ExportErrorKind.BadPath, path ?? "", "The path of the file is empty.");
        try
        {
            return System.IO.Path.GetFullPath(path);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw new ExportException(ExportErrorKind.BadPath, path ?? "", $"'{path}' is not a valid path of a file: {e.Message}", e);
        }
    }
}
