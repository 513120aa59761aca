using System.Text.RegularExpressions;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Verification;

/// <summary>Finds the manifest of what a person names: the manifest itself, the output, one of its numbered files, or the folder with what came so far.</summary>
internal static class ManifestLocator
{
    private const string Ending = ".manifest.json";

    // name-00012.ndjson.gz belongs to name.ndjson.gz.
    private static readonly Regex s_number = new(@"-\d{5,}(?=(\.[^.\\/]+){0,2}$)", RegexOptions.CultureInvariant);

    /// <summary>The output that a manifest stands beside.</summary>
    public static string OutputOf(string manifestPath) => manifestPath.Substring(0, manifestPath.Length - Ending.Length);

    /// <summary>The data file that a path names, there or not; null when it names a manifest, or the folder of a run.</summary>
    public static string? NamedFile(string path)
    {
        if (PartialFolder.OutputOf(path) is not null)
            return null;
        var full = new ExportTarget { Path = path, Format = ExportFormat.Json }.Path;
        return full.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? null : full;
    }

    /// <summary>The path of the manifest; where none is, the one that should be there.</summary>
    public static string Find(string path)
    {
        var full = new ExportTarget { Path = PartialFolder.OutputOf(path) ?? path, Format = ExportFormat.Json }.Path;
        if (full.EndsWith(Ending, StringComparison.OrdinalIgnoreCase))
            return full;
        var own = full + Ending;
        var whole = Path.Combine(Path.GetDirectoryName(full) ?? full, s_number.Replace(Path.GetFileName(full), "", 1)) + Ending;
        return !File.Exists(own) && File.Exists(whole) ? whole : own;
    }
}
