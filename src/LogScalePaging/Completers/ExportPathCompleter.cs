using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;

namespace LogScalePaging;

/// <summary>Exports: files with a manifest, and manifests.</summary>
public sealed class ExportPathCompleter : PathCompleter
{
    // They lead to the manifest too, but the export and its manifest are the paths that people mean.
    private static readonly string[] s_beside = [ExportTarget.ChecksumEnding, ExportTarget.TimestampEnding];

    private protected override bool Fits(string path, bool isFolder)
    {
        try
        {
            return !isFolder && !s_beside.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                && File.Exists(ExportFinder.ManifestOf(path));
        }
        catch (ExportException)
        {
            return false;
        }
    }
}
