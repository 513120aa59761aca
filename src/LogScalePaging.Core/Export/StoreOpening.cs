using LogScalePaging.Paging;

namespace LogScalePaging.Export;

/// <summary>What has to be so before an export may begin or go on.</summary>
internal static class StoreOpening
{
    /// <summary>Makes sure that a new export could begin now, and begins none.</summary>
    public static void EnsureMayBegin(ExportTarget target)
    {
        var folder = new PartialFolder(target.PartialPath);
        var guard = new FileGuard(target);
        var place = new OutputPlace(target, folder, guard);
        place.EnsurePossible();
        if (target.Force)
            return;
        // First what would be lost: whoever is told of the old output alone would add -Force and throw it away.
        if (folder.HasCheckpoint)
        {
            ExportLock.Take(folder, guard).Dispose();
            throw Resumable(folder);
        }
        place.EnsureFree([]);
    }

    /// <summary>Makes the folder of a new export, empty and locked.</summary>
    public static (PartialFolder Folder, FileGuard Guard, ExportLock Lock) Begin(ExportTarget target)
    {
        var folder = new PartialFolder(target.PartialPath);
        var guard = new FileGuard(target);
        EnsureMayBegin(target);
        try
        {
            Directory.CreateDirectory(folder.Path);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw guard.Translate(e, folder.Path);
        }
        var @lock = ExportLock.Take(folder, guard);
        try
        {
            if (folder.HasCheckpoint && !target.Force)
                throw Resumable(folder);
            folder.Empty();
            return (folder, guard, @lock);
        }
        catch (Exception e)
        {
            @lock.Dispose();
            if (FileErrors.Is(e))
                throw guard.Translate(e, folder.Path);
            throw;
        }
    }

    /// <summary>Locks the folder of an export that broke off.</summary>
    public static (PartialFolder Folder, FileGuard Guard, ExportLock Lock) Reopen(ExportTarget target)
    {
        var folder = new PartialFolder(target.PartialPath);
        var guard = new FileGuard(target);
        new OutputPlace(target, folder, guard).EnsurePossible();
        if (!folder.HasCheckpoint)
            throw Nothing(target);
        return (folder, guard, ExportLock.Take(folder, guard));
    }

    public static ExportState Load(ExportTarget target, PartialFolder folder, FileGuard guard)
    {
        try
        {
            return CheckpointFile.Load(folder.CheckpointPath);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Nothing(target);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw guard.Translate(e, folder.CheckpointPath);
        }
    }

    /// <exception cref="CheckpointMismatchException">The output would be another than the one that was begun.</exception>
    public static void EnsureFits(ExportState saved, ExportTarget target)
    {
        Compare("format", ExportFormats.Name(saved.Format), ExportFormats.Name(target.Format));
        Compare("list of fields", Fields(saved.Property), Fields(target.Property));
        Compare("limit of bytes a file", Limit(saved.MaxFileSize), Limit(target.MaxFileSize));
        Compare("limit of events a file", Limit(saved.MaxFileEvents), Limit(target.MaxFileEvents));
    }

    private static string Fields(IReadOnlyList<string>? fields) => fields is null ? "(all)" : string.Join(", ", fields.Select(f => f.IndexOf(',') < 0 ? f : $"'{f}'"));

    private static string Limit(long? limit) => limit is null ? "(none)" : FormattableString.Invariant($"{limit:N0}");

    private static void Compare(string what, string saved, string asked)
    {
        if (!string.Equals(saved, asked, StringComparison.Ordinal))
            throw new CheckpointMismatchException(what, saved, asked);
    }

    private static ExportException Nothing(ExportTarget target) => new(ExportErrorKind.NothingToResume, target.PartialPath, File.Exists(target.ManifestPath)
        ? $"There is nothing to resume: the export to '{target.Path}' has been finished. To make it anew, export again with -Force (--force)."
        : $"There is nothing to resume: no run has left a checkpoint in '{target.PartialPath}'. An export begins without -Resume (--resume).");

    private static ExportException Resumable(PartialFolder folder)
    {
        var kept = "";
        try
        {
            kept = FormattableString.Invariant($" with {CheckpointFile.Load(folder.CheckpointPath).Rows:N0} events");
        }
        catch (Exception e) when (e is ExportException || FileErrors.Is(e))
        {
        }
        return new ExportException(ExportErrorKind.ResumableExists, folder.Path,
            $"An earlier run broke off{kept}, kept in '{folder.Path}'. Go on with it by -Resume (--resume), or throw it away by -Force (--force).");
    }
}
