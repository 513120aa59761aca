using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Schedules;

/// <summary>Deletes the folder of parts of an output that does not need it any more.</summary>
internal static class FinishedFolder
{
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
                LeftFolder.Remove(last);
        }
        catch (Exception e) when (e is ExportException || FileErrors.Is(e))
        {
            // It is only disk space. The next run tries again.
        }
    }
}
