using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Manifest;

namespace LogScalePaging.Export.Verification;

/// <summary>Finds which of many paths, for example from a wildcard, name an export for the first time.</summary>
public sealed class SeenExports
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _manifestPath;
    private ExportManifest? _manifest;

    /// <summary>Adds a path.</summary>
    /// <param name="path">The output, one of its files, its manifest, or the folder of an unfinished run.</param>
    /// <returns>
    /// False if an earlier path named the same export. A file that its manifest does not list is another export, and must be checked
    /// itself.
    /// </returns>
    /// <exception cref="ExportException"><paramref name="path"/> is not a valid path.</exception>
    public bool Add(string path)
    {
        var manifestPath = ManifestLocator.Find(path);
        if (manifestPath != _manifestPath)
            (_manifestPath, _manifest) = (manifestPath, ManifestReader.TryLoad(manifestPath));
        return _seen.Add(_manifest is null ? manifestPath : VerificationSubject.Of(path, manifestPath, _manifest).Key);
    }
}
