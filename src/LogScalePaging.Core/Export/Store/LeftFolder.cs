using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Output;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Store;

/// <summary>
/// <c>OUTPUT.partial</c> of a run that was killed after its manifest got its name, so that only the folder was left to delete.
/// </summary>
internal static class LeftFolder
{
    /// <summary>True if there is such a folder.</summary>
    public static bool Exists(ExportTarget target)
    {
        var folder = new PartialFolder(target.PartialPath);
        if (!folder.HasCheckpoint)
            return Directory.Exists(folder.Path) && File.Exists(target.ManifestPath);
        var guard = new FileGuard(target);
        return StoreOpening.TryPeek(target, folder) is { } state
            && new Publication(new OutputPlace(target, folder, guard), folder, guard, _ => { }).IsDone(state);
    }

    /// <summary>Deletes the folder. Files of the user in it stay.</summary>
    /// <param name="outputPath">Full path of the output.</param>
    /// <exception cref="ExportException">Another process uses the folder, or it has files of the user with names of an export.</exception>
    public static void Remove(string outputPath)
    {
        var target = new ExportTarget { Path = outputPath, Format = ExportFormat.Json };
        var (folder, guard) = (new PartialFolder(target.PartialPath), new FileGuard(target));
        folder.EnsureOurs();
        try
        {
            using (ExportLock.Take(folder, guard))
                folder.Empty();
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw guard.Translate(e, folder.Path);
        }
        folder.Remove();
    }

    /// <summary>Deletes the folder if it can be deleted. It is only disk space.</summary>
    /// <param name="outputPath">Full path of the output.</param>
    public static void TryRemove(string outputPath)
    {
        try
        {
            Remove(outputPath);
        }
        catch (Exception e) when (e is ExportException || FileErrors.Is(e))
        {
            // Another process uses it, or it has files of the user. The next run tries again.
        }
    }
}
