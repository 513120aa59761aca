namespace LogScalePaging.Export;

/// <summary>The place where the output goes: whether it can, and putting it there.</summary>
internal sealed class OutputPlace(ExportTarget target, PartialFolder folder, FileGuard guard)
{
    private readonly OutputNames _names = new(target);

    /// <exception cref="ExportException">No output can stand there.</exception>
    public void EnsurePossible()
    {
        var path = target.Path;
        if (Path.GetFileName(path).Length == 0 || Directory.Exists(path))
            throw new ExportException(ExportErrorKind.BadPath, path, $"'{path}' is a folder. Name a file in it.");
        if (!Directory.Exists(_names.Folder))
            throw new ExportException(ExportErrorKind.FolderMissing, path, $"The folder '{_names.Folder}' does not exist. Make it, or choose another path.");
    }

    /// <summary>Refuses to go on where an output stands, unless it is one of <paramref name="ours"/>.</summary>
    /// <exception cref="ExportException">An output is there.</exception>
    public void EnsureFree(ICollection<string> ours)
    {
        if (Existing().FirstOrDefault(name => !ours.Contains(name)) is { } name)
            throw OutputExists(_names.FullPath(name), inner: null);
    }

    /// <summary>Which of these files stand under their own names already, as they were made.</summary>
    public ICollection<string> Standing(IReadOnlyList<OutputFile> files) =>
        new HashSet<string>(files.Where(f => FileHash.Is(_names.FullPath(f.Path), f.Bytes, f.Sha256)).Select(f => f.Path), StringComparer.Ordinal);

    /// <summary>Gives the files of an assembly their own names. What an older output had beyond them is deleted, its manifest too.</summary>
    public void Publish(Assembly assembly, bool replace, ICollection<string> ours, Action<string> step)
    {
        var old = replace ? OldFiles() : [];
        var files = assembly.Finished.Files;
        for (var i = 0; i < files.Count; i++)
        {
            Move(assembly.TemporaryPaths[i], files[i].Path, replace || ours.Contains(files[i].Path));
            step("output renamed");
        }
        foreach (var name in old.Except(files.Select(f => f.Path), StringComparer.Ordinal))
            DurableFile.TryDelete(_names.FullPath(name));
        // It describes what was there before. Until the new one stands, no manifest is truer than a wrong one.
        DurableFile.TryDelete(target.ManifestPath);
        step("old manifest deleted");
    }

    private void Move(string source, string name, bool replace)
    {
        var path = _names.FullPath(name);
        try
        {
            DurableFile.Move(source, path, replace);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw !replace && File.Exists(path) ? OutputExists(path, e) : guard.Translate(e, path);
        }
    }

    private IEnumerable<string> Existing()
    {
        var first = _names.Name(1);
        if (File.Exists(_names.FullPath(first)))
            yield return first;
        foreach (var name in OldFiles())
            yield return name;
    }

    // The files of an output in several files are found by its manifest: there may be more of them than a new run makes.
    private List<string> OldFiles()
    {
        try
        {
            return [.. ExportManifest.Load(target.ManifestPath).Files.Select(f => f.Path).Where(f => _names.IsOurs(f) && File.Exists(_names.FullPath(f)))];
        }
        catch (ExportException)
        {
            return [];
        }
    }

    private ExportException OutputExists(string path, Exception? inner)
    {
        var kept = guard.SafeEvents < 0
            ? "Nothing was fetched. Choose another path, or replace it with -Force (--force)."
            : FormattableString.Invariant($"{guard.SafeEvents:N0} events are safe in '{folder.Path}'. Move it away and go on with -Resume (--resume), or add -Force (--force) to replace it.");
        return new ExportException(ExportErrorKind.OutputExists, path, $"'{path}' is there already. {kept}", inner);
    }
}
