using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;

namespace LogScalePaging.Export.Verification;

/// <summary>Finds exports among files.</summary>
internal static class ExportFinder
{
    private const string ManifestEnding = ".manifest.json";

    /// <summary>The manifest of a path, or the path where it should be. Two paths with the same manifest are one export.</summary>
    /// <param name="path">The output, one of its files, its manifest, or the folder of an unfinished run.</param>
    /// <exception cref="ExportException"><paramref name="path"/> is not a valid path.</exception>
    public static string ManifestOf(string path) => ManifestLocator.Find(path);

    /// <summary>
    /// The files among the matches of a wildcard that belong to an export. It skips folders, manifests (unless the wildcard asks for
    /// them), and files without a manifest whose name is not that of an export. A file that has lost its manifest is kept, because it
    /// must be reported.
    /// </summary>
    /// <param name="matches">Full paths.</param>
    /// <param name="pattern">The wildcard.</param>
    public static IReadOnlyList<string> Among(IEnumerable<string> matches, string pattern)
    {
        var manifestsToo = IsManifest(pattern);
        return [.. matches.Where(path => File.Exists(path) && (IsManifest(path) ? manifestsToo : MayBeExport(path)))];
    }

    private static bool IsManifest(string path) => path.EndsWith(ManifestEnding, StringComparison.OrdinalIgnoreCase);

    private static bool MayBeExport(string path) => ExportFormats.TryFromPath(path, out _, out _) || File.Exists(ManifestOf(path));
}
