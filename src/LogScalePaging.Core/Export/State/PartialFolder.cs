using System.Text.RegularExpressions;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.State;

/// <summary><c>OUTPUT.partial</c>: the files in it, and which of them may be deleted.</summary>
internal sealed class PartialFolder(string path)
{
    private const string OutputPrefix = "output-";
    private const string Checkpoint = "checkpoint.json";
    private const string Lock = "lock";
    private const string Owner = "lock.owner";

    // Exactly the names that an export uses. All other files in the folder belong to the user.
    private static readonly Regex s_part = new(@"^part-[A-Za-z0-9-]+-[0-9]{6,}\.ndjson\z", RegexOptions.CultureInvariant);
    private static readonly Regex s_temporary = new(
        @"^(checkpoint\.json|manifest\.json|output\.sha256|output-[0-9]{5,}|part-[A-Za-z0-9-]+-[0-9]{6,}\.ndjson)\.tmp\z",
        RegexOptions.CultureInvariant);

    public string Path { get; } = path;

    public string CheckpointPath => In(Checkpoint);

    public string LockPath => In(Lock);

    public string OwnerPath => In(Owner);

    public bool HasCheckpoint => File.Exists(CheckpointPath);

    /// <summary>
    /// Whether only the name of the last holder of the lock shows that the files are from an export: there is no checkpoint, or it is
    /// damaged.
    /// </summary>
    public bool NeedsOwner => !CheckpointFile.IsOurs(CheckpointPath) && Files().Any(IsForExport);

    public string In(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>The output of a partial folder; null if the path is not a partial folder.</summary>
    public static string? OutputOf(string path)
    {
        var folder = path.TrimEnd(System.IO.Path.DirectorySeparatorChar, System.IO.Path.AltDirectorySeparatorChar);
        return folder.EndsWith(ExportTarget.PartialEnding, StringComparison.Ordinal) && new PartialFolder(folder).HasCheckpoint
            ? folder.Substring(0, folder.Length - ExportTarget.PartialEnding.Length)
            : null;
    }

    /// <summary>Path of the manifest until it is renamed.</summary>
    public string ManifestPath => In("manifest.json" + DurableFile.TemporaryEnding);

    /// <summary>Path of the checksums until they are renamed.</summary>
    public string ChecksumPath => In("output.sha256" + DurableFile.TemporaryEnding);

    /// <summary>Throws if a file that an export would open is not a regular file.</summary>
    /// <exception cref="ExportException">There is such a file.</exception>
    public void EnsureOrdinary()
    {
        var kind = FileKinds.Of(Path);
        if (kind is not (FileKind.None or FileKind.Folder))
            throw new ExportException(ExportErrorKind.BadPath, Path,
                $"'{Path}' is {FileKinds.Name(kind)}, not a folder. Move it away, or choose another path.");
        if (kind == FileKind.None)
            return;
        foreach (var file in new[] { Checkpoint, Checkpoint + DurableFile.TemporaryEnding, Lock, Owner })
            FileKinds.EnsureFileOrNothing(In(file));
    }

    /// <summary>Throws if the folder belongs to the user and has files with names that an export would use and delete.</summary>
    /// <exception cref="ExportException">There is such a file.</exception>
    public void EnsureOurs()
    {
        EnsureOrdinary();
        if (!Directory.Exists(Path) || ExportLock.WasTaken(this) || CheckpointFile.IsOurs(CheckpointPath))
            return;
        // A crash can leave the lock file before the name of its holder is written. Deleting an empty file loses nothing.
        var foreign = Files().FirstOrDefault(f => IsForExport(f) || (f is Lock or Owner && FileKinds.HasContent(In(f))));
        // Another run can have begun meanwhile. The lock tells.
        if (foreign is not null && !ExportLock.WasTaken(this))
            throw new ExportException(ExportErrorKind.BadPath, Path,
                $"The folder '{Path}' contains '{foreign}', which does not seem to come from an export. Move it away, or choose another "
                    + "path.");
    }

    /// <summary>Temporary path of the n-th file of the output, from 1.</summary>
    public string OutputPath(int number) => In(FormattableString.Invariant($"{OutputPrefix}{number:D5}{DurableFile.TemporaryEnding}"));

    /// <summary>Deletes files that a crash left: temporary files, and parts that are not in the checkpoint.</summary>
    public void Sweep(ExportState state)
    {
        var known = new HashSet<string>(state.Lanes.SelectMany(l => l.Parts).Select(p => p.File), StringComparer.Ordinal);
        foreach (var file in Files().Where(f => IsTemporary(f) || (IsPart(f) && !known.Contains(f))))
            DurableFile.TryDelete(In(file));
    }

    /// <summary>Deletes assembled files that are not used.</summary>
    public void DeleteOutputs()
    {
        foreach (var file in Files().Where(f => IsTemporary(f) && f.StartsWith(OutputPrefix, StringComparison.Ordinal)))
            DurableFile.TryDelete(In(file));
    }

    /// <summary>Deletes all files of an export except its lock. The checkpoint is first, so that the rest cannot be resumed.</summary>
    public void Empty()
    {
        File.Delete(CheckpointPath);
        foreach (var file in Files().Where(f => IsTemporary(f) || IsPart(f)))
            File.Delete(In(file));
    }

    /// <summary>Deletes the files of a lock that this process holds, because the process ends before it releases it.</summary>
    public void DeleteLock()
    {
        DurableFile.TryDelete(OwnerPath);
        DurableFile.TryDelete(LockPath);
    }

    /// <summary>
    /// Deletes the folder, unless it has other files. Its lock was deleted when it was released. A lock that is there now belongs to
    /// another run.
    /// </summary>
    public void Remove()
    {
        try
        {
            Directory.Delete(Path);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            // The folder is not empty, or another run has just started in it. In both cases it is kept.
        }
    }

    private IEnumerable<string> Files() =>
        Directory.Exists(Path) ? Directory.GetFiles(Path).Select(f => System.IO.Path.GetFileName(f)) : [];

    // A file with a name that an export would use and delete.
    private static bool IsForExport(string file) => file == Checkpoint || IsPart(file) || IsTemporary(file);

    private static bool IsTemporary(string file) => s_temporary.IsMatch(file);

    private static bool IsPart(string file) => s_part.IsMatch(file);
}
