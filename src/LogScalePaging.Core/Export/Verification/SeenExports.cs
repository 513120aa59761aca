using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Manifest;

namespace LogScalePaging.Export.Verification;

/// <summary>Of many paths, such as a wildcard gives, tells those that name an export which was not named before.</summary>
public sealed class SeenExports
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _manifestPath;
    private ExportManifest? _manifest;

    /// <summary>Takes a path.</summary>
    /// <param name="path">The output, one of its files, its manifest, or the folder with what came so far.</param>
    /// <returns>False when an earlier path named the same export. A file that its manifest does not list is
    /// an export of its own: it has to be checked itself.</returns>
    /// <exception cref="ExportException"><paramref name="path"/> cannot be a path.</exception>
    public bool Add(string path)
    {
        var manifestPath = ManifestLocator.Find(path);
        if (manifestPath != _manifestPath)
            (_manifestPath, _manifest) = (manifestPath, ManifestReader.TryLoad(manifestPath));
        return _seen.Add(_manifest is null ? manifestPath : VerificationSubject.Of(path, manifestPath, _manifest).Key);
    }
}
