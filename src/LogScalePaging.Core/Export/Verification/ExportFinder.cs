using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;

namespace LogScalePaging.Export.Verification;

/// <summary>Finds exports among files.</summary>
public static class ExportFinder
{
    private const string ManifestEnding = ".manifest.json";

    /// <summary>The manifest that belongs to a path; where there is none, the one that should be there. It is what makes two paths one export.</summary>
    /// <param name="path">The output, one of its files, its manifest, or the folder with what came so far.</param>
    /// <exception cref="ExportException"><paramref name="path"/> cannot be a path.</exception>
    public static string ManifestOf(string path) => ManifestLocator.Find(path);

    /// <summary>
    /// Of what a wildcard matched, the files that stand for an export. Left out are folders, manifests unless it asks for them, and what
    /// neither has a manifest nor a name that an export would have: a file that has lost its manifest stays, it is the one to know of.
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
