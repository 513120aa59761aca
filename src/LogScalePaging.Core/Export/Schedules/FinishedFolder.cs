using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Schedules;

/// <summary>Deletes the folder of parts of an output that does not need it any more.</summary>
internal static class FinishedFolder
{
    /// <param name="outputPath">Full path of the output.</param>
    /// <exception cref="ExportException">Another process uses the folder, or it has files of the user.</exception>
    public static void Remove(string outputPath)
    {
        var target = new ExportTarget { Path = outputPath, Format = ExportFormat.Json };
        var folder = new PartialFolder(target.PartialPath);
        folder.EnsureOurs();
        using (ExportLock.Take(folder, new FileGuard(target)))
            folder.Empty();
        folder.Remove();
    }

    /// <summary>
    /// Deletes the parts of the last output of a schedule, if the process ended after the commit and before it deleted them.
    /// </summary>
    public static void CleanUp(Watermark? state)
    {
        if (state is not { LastPath: { } last } || last == state.Pending?.Path || !Directory.Exists(last + ExportTarget.PartialEnding))
            return;
        try
        {
            // The user may have begun another export at this path.
            if (!new PartialFolder(last + ExportTarget.PartialEnding).HasCheckpoint || ExportStore.Peek(last).Manifest is not null)
                Remove(last);
        }
        catch (Exception e) when (e is ExportException || FileErrors.Is(e))
        {
            // It is only disk space. The next run tries again.
        }
    }
}
