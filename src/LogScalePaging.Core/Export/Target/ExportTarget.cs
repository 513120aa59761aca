using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Formats;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Target;

/// <summary>The target of an export, and its format.</summary>
public sealed record ExportTarget
{
    /// <summary>
    /// The smallest limit for the size of a file. A smaller one is probably an error, such as 100 instead of 100MB, and would make a file
    /// per event.
    /// </summary>
    public const long SmallestFileLimit = 1_000;

    internal const string PartialEnding = ".partial";
    internal const string ManifestEnding = ".manifest.json";
    internal const string ChecksumEnding = ".sha256";
    internal const string TimestampEnding = ".tsr";

    /// <summary>Full path of the output. A relative path is resolved in the process' working directory when it is set.</summary>
    /// <exception cref="ExportException">The path is not valid.</exception>
    public required string Path { get; init => field = Full(value); }

    /// <summary>Format of the output.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>Compress with gzip. The name does not change. It should end in <c>.gz</c>.</summary>
    public bool Compress { get; init; }

    /// <summary>Begin each file of a csv with a byte order mark, so that Excel reads it as UTF-8. Other formats have none.</summary>
    public bool Bom { get; init; }

    /// <summary>How the times of records are written.</summary>
    public TimestampFormat TimestampFormat { get; init; }

    /// <summary>True if the records have their times in that format already, because they are those of other outputs.</summary>
    internal bool HasWrittenTimes { get; init; }

    /// <summary>Replace an existing output, and delete a run that could be resumed.</summary>
    public bool Force { get; init; }

    /// <summary>Fields to keep, in this order, also with <c>*</c> and <c>?</c>; null for all.</summary>
    public IReadOnlyList<string>? Property { get; init; }

    /// <summary>Fields to leave out, also with <c>*</c> and <c>?</c>; null for none.</summary>
    public IReadOnlyList<string>? ExcludeProperty { get; init; }

    /// <summary>Both; null if events are kept as they are.</summary>
    internal FieldFilter? Filter => FieldFilter.Of(Property, ExcludeProperty);

    /// <summary>
    /// Start a new file before one grows larger than this many bytes (before compression); null for one file. An event that is larger
    /// gets its own file.
    /// </summary>
    public long? MaxFileSize { get; init; }

    /// <summary>Start a new file after this many events; null for one file.</summary>
    public long? MaxFileEvents { get; init; }

    /// <summary>Begins a test of all rows for those that an earlier output has; null if there are none. They are left out.</summary>
    internal Func<RowTest>? Known { get; init; }

    /// <summary>Path of the manifest.</summary>
    public string ManifestPath => Path + ManifestEnding;

    /// <summary>Path of the checksums of its files.</summary>
    internal string ChecksumPath => Path + ChecksumEnding;

    /// <summary>Path of the timestamp of the manifest.</summary>
    internal string TimestampPath => ManifestPath + TimestampEnding;

    /// <summary>Folder with the fetched events until the output is complete.</summary>
    public string PartialPath => Path + PartialEnding;

    /// <summary>True if the output is numbered files <c>name-00001.ndjson</c> instead of one file.</summary>
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
