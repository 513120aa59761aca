using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Output;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Export.Store;

/// <summary>The checks before an export begins or continues.</summary>
internal static class StoreOpening
{
    /// <summary>Checks that a new export could begin now. It does not begin one.</summary>
    public static void EnsureMayBegin(ExportTarget target)
    {
        var folder = new PartialFolder(target.PartialPath);
        var guard = new FileGuard(target);
        var place = new OutputPlace(target, folder, guard);
        place.EnsurePossible();
        folder.EnsureOurs();
        if (target.Force)
        {
            place.EnsureReplaceable();
            return;
        }
        // A run that can be resumed is reported first. If only the old output was reported, a user would add -Force and delete the run.
        if (folder.HasCheckpoint)
        {
            ExportLock.Take(folder, guard).Dispose();
            // Only its final names are missing. The next run renames it before anything else.
            if (TryPeek(target, folder)?.Manifest is not null)
                return;
            throw Resumable(target, folder);
        }
        place.EnsureFree([]);
    }

    /// <summary>Creates the folder of a new export, empty and locked.</summary>
    public static (PartialFolder Folder, FileGuard Guard, ExportLock Lock) Begin(ExportTarget target)
    {
        var folder = new PartialFolder(target.PartialPath);
        var guard = new FileGuard(target);
        EnsureMayBegin(target);
        try
        {
            FileModes.CreateFolder(folder.Path);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw guard.Translate(e, folder.Path);
        }
        var @lock = ExportLock.Take(folder, guard);
        try
        {
            var published = FinishPublishing(target, folder, guard);
            if (folder.HasCheckpoint && !published && !target.Force)
                throw Resumable(target, folder);
            folder.Empty();
            if (published && !target.Force)
                new OutputPlace(target, folder, guard).EnsureFree([]);
            return (folder, guard, @lock);
        }
        catch (Exception e)
        {
            @lock.Dispose();
            if (!folder.HasCheckpoint)
                folder.Remove();
            if (FileErrors.Is(e))
                throw guard.Translate(e, folder.Path);
            throw;
        }
    }

    private static ExportState LoadSound(ExportTarget target, PartialFolder folder)
    {
        var state = CheckpointFile.Load(folder.CheckpointPath);
        try
        {
            CheckpointCheck.EnsureSound(state, new OutputNames(target));
            return state;
        }
        catch (FormatException e)
        {
            throw CheckpointFile.Damaged(folder.CheckpointPath, e);
        }
    }

    // If a crash interrupted a publication, it is finished before it may be replaced: until the new output is complete, the old one and
    // its manifest agree.
    private static bool FinishPublishing(ExportTarget target, PartialFolder folder, FileGuard guard) =>
        TryPeek(target, folder) is { } state && new Publication(new OutputPlace(target, folder, guard), folder, guard, _ =>
            { }).TryFinish(state);

    /// <summary>The saved state; null if there is none, or if it cannot be used.</summary>
    public static ExportState? TryPeek(ExportTarget target, PartialFolder folder)
    {
        try
        {
            return folder.HasCheckpoint ? LoadSound(target, folder) : null;
        }
        catch (Exception e) when (e is ExportException || FileErrors.Is(e))
        {
            return null;
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

    /// <exception cref="ExportException">There is no state, or a run of this output cannot have saved it.</exception>
    public static ExportState Load(ExportTarget target, PartialFolder folder, FileGuard guard)
    {
        try
        {
            return LoadSound(target, folder);
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

    /// <exception cref="CheckpointMismatchException">The output would differ from the one that the run began.</exception>
    public static void EnsureFits(ExportState saved, ExportTarget target)
    {
        Compare("format", ExportFormats.Name(saved.Format), ExportFormats.Name(target.Format));
        Compare("format of times", saved.TimestampFormat.ToString(), target.TimestampFormat.ToString());
        Compare("byte order mark", Mark(saved.Bom), Mark(target.Bom));
        Compare("list of fields", Fields(saved.Property), Fields(target.Property));
        Compare("list of excluded fields", Fields(saved.ExcludeProperty ?? []), Fields(target.ExcludeProperty ?? []));
        Compare("limit of bytes per file", Limit(saved.MaxFileSize), Limit(target.MaxFileSize));
        Compare($"limit of {saved.Schema.Nouns} per file", Limit(saved.MaxFileEvents), Limit(target.MaxFileEvents));
    }

    private static string Fields(IReadOnlyList<string>? fields) =>
        fields is null ? "(all)" : string.Join(", ", fields.Select(f => f.IndexOf(',') < 0 ? f : $"'{f}'"));

    private static string Mark(bool bom) => bom ? "yes" : "no";

    private static string Limit(long? limit) => limit is null ? "(none)" : FormattableString.Invariant($"{limit:N0}");

    private static void Compare(string what, string saved, string asked)
    {
        if (!string.Equals(saved, asked, StringComparison.Ordinal))
            throw new CheckpointMismatchException(what, saved, asked);
    }

    private static ExportException Nothing(ExportTarget target) =>
        new(ExportErrorKind.NothingToResume, target.PartialPath, File.Exists(target.ManifestPath)
        ? $"There is nothing to resume: the export to '{target.Path}' is finished. To replace it, export again with -Force (--force)."
        : $"There is nothing to resume: there is no checkpoint in '{target.PartialPath}'.");

    private static ExportException Resumable(ExportTarget target, PartialFolder folder)
    {
        var kept = TryPeek(target, folder) is { } state ? FormattableString.Invariant($" with {state.Rows:N0} {state.Schema.Nouns}") : "";
        return new ExportException(ExportErrorKind.ResumableExists, folder.Path,
            $"An earlier run broke off{kept}, saved in '{folder.Path}'. Use -Resume (--resume) to continue it, or -Force (--force) to "
                + "discard it.");
    }
}
