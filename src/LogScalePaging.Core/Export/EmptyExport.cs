using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export;

/// <summary>What is left of an export of which nothing has come.</summary>
public static class EmptyExport
{
    /// <summary>
    /// Deletes <c>OUTPUT.partial</c> when not one event in it is safe. For a process that ends at once, without waiting for its own
    /// clean-up: whoever finds the folder would take it for something to be resumed. What another process holds stays.
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
            folder.Remove();
        }
        catch (Exception e) when (e is ExportException || FileErrors.Is(e))
        {
            // It stays, as it would have without this.
        }
    }
}
