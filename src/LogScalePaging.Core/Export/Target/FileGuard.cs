using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;

namespace LogScalePaging.Export.Target;

/// <summary>Turns an error of the system about a file into a message: what happened, what is kept and what to do next.</summary>
/// <param name="target">The export.</param>
/// <param name="kept">What is kept, as a sentence; null for the number of saved events.</param>
internal sealed class FileGuard(ExportTarget target, string? kept = null)
{
    private long _safe = -1;

    /// <summary>How many events a resumption would find; negative if nothing can be resumed.</summary>
    public long SafeEvents
    {
        get => Interlocked.Read(ref _safe);
        set => Interlocked.Exchange(ref _safe, value);
    }

    public ExportException Translate(Exception e, string file)
    {
        if (FileErrors.IsDiskFull(e))
            return new(ExportErrorKind.DiskFull, file, $"The disk is full: '{file}' could not be written. {Kept("Free some space")}", e);
        if (FileErrors.IsTooLarge(e))
            return new(ExportErrorKind.DiskFull, file, $"'{file}' cannot grow: the file system, or a limit of this account, does not "
                + $"allow larger files. {Kept("Raise the limit")} Or start again with smaller files: -MaxFileSize (--max-file-size) "
                + "with -Force (--force).", e);
        if (FileErrors.IsDenied(e))
            return new(ExportErrorKind.NotWritable, file, $"'{file}' cannot be written: access is denied. "
                + $"{Kept("Give this account write access")}", e);
        if (FileErrors.IsInUse(e))
            return new(ExportErrorKind.NotWritable, file, $"'{file}' is in use by another program. {Kept("Close it in that program")}", e);
        return e switch
        {
            PathTooLongException => new(ExportErrorKind.BadPath, file, $"The path '{file}' is too long for this system.", e),
            DirectoryNotFoundException => new(ExportErrorKind.FolderMissing, file, $"The folder of '{file}' does not exist. "
                + $"{Kept("Create it")}", e),
            _ => new(ExportErrorKind.Other, file, $"'{file}': {e.Message} {Kept("Solve the problem")}", e),
        };
    }

    // The sentence that says what is saved and how to continue.
    private string Kept(string first)
    {
        if (kept is not null)
            return $"{kept} {first}, then use -Resume (--resume) to continue.";
        var safe = SafeEvents;
        if (safe == 0)
            return $"No records are saved yet. {first}, then run the export again.";
        return safe < 0
            ? $"{first}, or choose another path. Nothing was fetched yet."
            : $"{Counted.Of(safe, "record")} saved in '{target.PartialPath}'. {first}, then use -Resume (--resume) to continue.";
    }
}
