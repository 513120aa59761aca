using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Verification;

namespace LogScalePaging;

/// <summary>Exports: files with a manifest, and manifests.</summary>
public sealed class ExportPathCompleter : PathCompleter
{
    private protected override bool Fits(string path, bool isFolder)
    {
        try
        {
            return !isFolder && File.Exists(ExportFinder.ManifestOf(path));
        }
        catch (ExportException)
        {
            return false;
        }
    }
}
