using System.Text.RegularExpressions;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Verification;

/// <summary>
/// Finds the manifest for a path of the user: the manifest itself, the output, one of its numbered files, or the folder of an unfinished
/// run.
/// </summary>
internal static class ManifestLocator
{
    private const string Ending = ExportTarget.ManifestEnding;

    // name-00012.ndjson.gz belongs to name.ndjson.gz.
    private static readonly Regex s_number = new(@"-\d{5,}(?=(\.[^.\\/]+){0,2}$)", RegexOptions.CultureInvariant);

    /// <summary>The output of a manifest.</summary>
    public static string OutputOf(string manifestPath) => manifestPath.Substring(0, manifestPath.Length - Ending.Length);

    /// <summary>The data file of a path, even if it does not exist; null for a manifest, or for the folder of a run.</summary>
    public static string? NamedFile(string path)
    {
        if (PartialFolder.OutputOf(path) is not null)
            return null;
        var full = Described(new ExportTarget { Path = path, Format = ExportFormat.Json }.Path);
        return full.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? null : full;
    }

    /// <summary>The path of the manifest, or the path where it should be.</summary>
    public static string Find(string path)
    {
        var full = Described(new ExportTarget { Path = PartialFolder.OutputOf(path) ?? path, Format = ExportFormat.Json }.Path);
        if (full.EndsWith(Ending, StringComparison.OrdinalIgnoreCase))
            return full;
        var own = full + Ending;
        var whole = Path.Combine(Path.GetDirectoryName(full) ?? full, s_number.Replace(Path.GetFileName(full), "", 1)) + Ending;
        return !File.Exists(own) && File.Exists(whole) ? whole : own;
    }

    // The manifest for the checksums of an output, and for the timestamp of a manifest; other paths unchanged.
    private static string Described(string full)
    {
        foreach (var (ending, added) in new[] { (ExportTarget.ChecksumEnding, Ending), (Ending + ExportTarget.TimestampEnding, Ending) })
        {
            if (full.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && !File.Exists(full + Ending)
                && full.Substring(0, full.Length - ending.Length) + added is var manifest && File.Exists(manifest))
                return manifest;
        }
        return full;
    }
}
