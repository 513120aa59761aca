using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Store;

/// <summary>Cleans up after an export that received no events.</summary>
public static class EmptyExport
{
    /// <summary>
    /// Deletes <c>OUTPUT.partial</c> if no event in it is saved. It is for a process that ends at once, without its normal clean-up.
    /// Otherwise the folder would look like a run that can be resumed. Files that another process holds are kept.
    /// </summary>
    /// <param name="outputPath">Path of the output.</param>
    public static void Remove(string outputPath)
    {
        var target = new ExportTarget { Path = outputPath, Format = ExportFormat.Json };
        var folder = new PartialFolder(target.PartialPath);
        try
        {
            if (!ExportLock.IsOurs(folder) || (folder.HasCheckpoint && StoreOpening.Load(target, folder,
                new FileGuard(target)) is { Rows: > 0 } or { Manifest: not null }))
                return;
            folder.Empty();
            folder.DeleteLock();
            folder.Remove();
        }
        catch (Exception e) when (e is ExportException || FileErrors.Is(e))
        {
            // The folder stays, as it would without this method.
        }
    }
}
