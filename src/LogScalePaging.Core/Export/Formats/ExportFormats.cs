using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;

namespace LogScalePaging.Export.Formats;

/// <summary>Names and file extensions of the formats.</summary>
public static class ExportFormats
{
    private const string GzipEnding = ".gz";

    /// <summary>
    /// The format of a file extension: <c>.json</c>, <c>.ndjson</c>, <c>.jsonl</c> or <c>.csv</c>, each also with <c>.gz</c>.
    /// </summary>
    /// <param name="path">Path or file name.</param>
    /// <param name="compressed">True if the name ends in <c>.gz</c>.</param>
    /// <exception cref="ExportException">The extension is not a known format.</exception>
    public static ExportFormat FromPath(string path, out bool compressed)
    {
        if (TryFromPath(path, out var format, out compressed))
            return format;
        // A folder has no extension, and another extension would not help.
        if (path.Length > 0)
            FileKinds.EnsureNoFolder(path);
        throw new ExportException(ExportErrorKind.BadPath, path,
            $"The extension of '{path}' is not a known format. Use .json, .ndjson, .jsonl or .csv (each also with .gz), or use "
                + "-Format (--format).");
    }

    /// <summary>The same without an exception. <paramref name="compressed"/> is set in any case.</summary>
    public static bool TryFromPath(string path, out ExportFormat format, out bool compressed)
    {
        compressed = path.EndsWith(GzipEnding, StringComparison.OrdinalIgnoreCase);
        var name = compressed ? path.Substring(0, path.Length - GzipEnding.Length) : path;
        // Timesketch reads files with the extension .jsonl, which means ndjson here.
        return TryParse(Path.GetExtension(name).TrimStart('.'), out format) && format != ExportFormat.Timesketch;
    }

    /// <summary>
    /// The format of a name: <c>json</c>, <c>ndjson</c>, <c>jsonl</c>, <c>csv</c> or <c>timesketch</c>. Case does not matter.
    /// </summary>
    public static bool TryParse(string? name, out ExportFormat format)
    {
        (format, var known) = name?.ToUpperInvariant() switch
        {
            "JSON" => (ExportFormat.Json, true),
            "NDJSON" or "JSONL" => (ExportFormat.NdJson, true),
            "CSV" => (ExportFormat.Csv, true),
            "TIMESKETCH" => (ExportFormat.Timesketch, true),
            _ => (ExportFormat.Json, false),
        };
        return known;
    }

    /// <summary>The name of a format in manifests.</summary>
    public static string Name(ExportFormat format) => format switch
    {
        ExportFormat.Json => "json",
        ExportFormat.NdJson => "ndjson",
        ExportFormat.Timesketch => "timesketch",
        _ => "csv",
    };
}
