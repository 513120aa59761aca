namespace LogScalePaging.Export;

/// <summary><c>OUTPUT.partial</c>: which files stand in it, and which of them may be deleted.</summary>
internal sealed class PartialFolder(string path)
{
    private const string OutputPrefix = "output-";

    public string Path { get; } = path;

    public string CheckpointPath => In("checkpoint.json");

    public string LockPath => In("lock");

    public string OwnerPath => In("lock.owner");

    public bool HasCheckpoint => File.Exists(CheckpointPath);

    public string In(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Where the n-th file of the output is while it is not whole, from 1.</summary>
    public string OutputPath(int number) => In(FormattableString.Invariant($"{OutputPrefix}{number:D5}{DurableFile.TemporaryEnding}"));

    /// <summary>Deletes what a crash left: temporary files, and parts that the checkpoint does not know.</summary>
    public void Sweep(ExportState state)
    {
        var known = new HashSet<string>(state.Lanes.SelectMany(l => l.Parts).Select(p => p.File), StringComparer.Ordinal);
        foreach (var file in Files().Where(f => IsTemporary(f) || (IsPart(f) && !known.Contains(f))))
            DurableFile.TryDelete(In(file));
    }

    /// <summary>Deletes what was assembled in vain.</summary>
    public void DeleteOutputs()
    {
        foreach (var file in Files().Where(f => IsTemporary(f) && f.StartsWith(OutputPrefix, StringComparison.Ordinal)))
            DurableFile.TryDelete(In(file));
    }

    /// <summary>Deletes all files of an export except its lock, the checkpoint first: without it nothing here can be taken for resumable.</summary>
    public void Empty()
    {
        File.Delete(CheckpointPath);
        foreach (var file in Files().Where(f => IsTemporary(f) || IsPart(f)))
            File.Delete(In(file));
    }

    /// <summary>Deletes the lock, which its holder has given up, and the folder, unless something is in it that is not an export's.</summary>
    public void Remove()
    {
        DurableFile.TryDelete(OwnerPath);
        DurableFile.TryDelete(LockPath);
        try
        {
            Directory.Delete(Path);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            // Not empty, or another run has just begun in it. Neither is ours to delete.
        }
    }

    private IEnumerable<string> Files() => Directory.Exists(Path) ? Directory.GetFiles(Path).Select(f => System.IO.Path.GetFileName(f)) : [];

    private static bool IsTemporary(string file) => file.EndsWith(DurableFile.TemporaryEnding, StringComparison.Ordinal);

    private static bool IsPart(string file) =>
        file.StartsWith("part-", StringComparison.Ordinal) && file.EndsWith(".ndjson", StringComparison.Ordinal);
}
