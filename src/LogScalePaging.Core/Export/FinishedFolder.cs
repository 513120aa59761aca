using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export;

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
}
