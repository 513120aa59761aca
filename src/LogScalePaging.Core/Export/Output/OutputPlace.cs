using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Output;

/// <summary>The place where the output goes: what stands there, and whether it may be replaced.</summary>
internal sealed class OutputPlace(ExportTarget target, PartialFolder folder, FileGuard guard)
{
    /// <summary>The names of the output's files.</summary>
    public OutputNames Names { get; } = new(target);

    /// <summary>Where the manifest goes.</summary>
    public string ManifestPath => target.ManifestPath;

    /// <exception cref="ExportException">No output can stand there.</exception>
    public void EnsurePossible()
    {
        var path = target.Path;
        if (Path.GetFileName(path).Length == 0 || Directory.Exists(path))
            throw new ExportException(ExportErrorKind.BadPath, path, $"'{path}' is a folder. Give the path of a file in it.");
        FileKinds.EnsureFileOrNothing(path);
        if (!Directory.Exists(Names.Folder))
            throw new ExportException(ExportErrorKind.FolderMissing, path,
                $"The folder '{Names.Folder}' does not exist. Create it, or choose another path.");
        FileKinds.EnsureFileOrNothing(Names.FullPath(Names.Name(1)));
        FileKinds.EnsureFileOrNothing(ManifestPath);
        folder.EnsureOrdinary();
    }

    /// <summary>Refuses where a run may not put its output.</summary>
    /// <param name="state">The state, which says whether an older output may be replaced.</param>
    /// <param name="ours">Files of this run that have their names already.</param>
    /// <param name="finished">The output of this run, when it was whole before a crash; its manifest may stand.</param>
    /// <exception cref="ExportException">Something is there that has to stay.</exception>
    public void EnsureMayPublish(ExportState state, ICollection<string> ours, FinishedExport? finished)
    {
        if (state.Replace)
            EnsureReplaceable(finished);
        else
            EnsureFree(ours, finished);
    }

    /// <summary>Refuses to go on where an output or a manifest stands that is not from this run.</summary>
    /// <param name="ours">Files of this run that have their names already.</param>
    /// <param name="finished">The output of this run, when it was whole before a crash; its manifest may stand.</param>
    /// <exception cref="ExportException">An output is there.</exception>
    public void EnsureFree(ICollection<string> ours, FinishedExport? finished = null)
    {
        FileKinds.EnsureFileOrNothing(ManifestPath);
        if (OldFiles().FirstOrDefault(name => !ours.Contains(name)) is { } name)
            throw OutputExists(Names.FullPath(name), inner: null);
        if (File.Exists(ManifestPath) && !(finished is not null && IsManifestOf(finished)))
            throw OutputExists(ManifestPath, inner: null);
    }

    /// <summary>Refuses to replace anything but an older output of this name with its manifest.</summary>
    /// <param name="finished">The output of this run, when it was whole before a crash; its manifest may stand.</param>
    /// <exception cref="ExportException">Something else is there.</exception>
    public void EnsureReplaceable(FinishedExport? finished = null)
    {
        FileKinds.EnsureFileOrNothing(ManifestPath);
        foreach (var name in OldFiles())
            FileKinds.EnsureFileOrNothing(Names.FullPath(name));
        if (!File.Exists(ManifestPath) || (finished is not null && IsManifestOf(finished)))
            return;
        if (!ManifestReader.IsOurs(ManifestPath))
            throw Foreign("does not come from an export");
        if (TryLoadManifest()?.Files.FirstOrDefault(IsOther) is { } other)
            throw Foreign($"describes '{other.Path}'");
        if (OldFiles().Count == 0)
            throw Foreign("describes an output that does not exist");
    }

    /// <summary>Which of these files stand under their own names already, as they were made.</summary>
    public ICollection<string> Standing(IReadOnlyList<OutputFile> files) =>
        new HashSet<string>(files.Where(f => FileHash.Is(Names.FullPath(f.Path), f.Bytes, f.Sha256)).Select(f => f.Path),
            StringComparer.Ordinal);

    /// <summary>Whether the manifest that stands there is that of an output.</summary>
    public bool IsManifestOf(FinishedExport finished) =>
        TryLoadManifest() is { } manifest && manifest.Files.Select(f => (f.Path, f.Sha256)).SequenceEqual(finished.Files.Select(f =>
            (f.Path, f.Sha256)));

    /// <summary>
    /// The files of an older output. Those of an output in several files are found by its manifest: there may be more of them than a new
    /// run makes.
    /// </summary>
    public IReadOnlyList<string> OldFiles()
    {
        var first = Names.Name(1);
        var listed = TryLoadManifest()?.Files.Select(f => f.Path).Where(f => Names.IsOurs(f) && File.Exists(Names.FullPath(f))) ?? [];
        return [.. (File.Exists(Names.FullPath(first)) ? [first] : Array.Empty<string>()).Concat(listed).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What to say where a file is that was not to be replaced.</summary>
    public ExportException OutputExists(string path, Exception? inner)
    {
        var kept = guard.SafeEvents < 0
            ? "Nothing was fetched. Choose another path, or use -Force (--force) to replace it."
            : FormattableString.Invariant(
                $"{guard.SafeEvents:N0} events are saved in '{folder.Path}'. ")
                + "Move the file away and use -Resume (--resume), or add -Force (--force) to replace it.";
        return new ExportException(ExportErrorKind.OutputExists, path, $"'{path}' already exists. {kept}", inner);
    }

    // A file that was renamed together with its manifest is still called by its old name there.
    private bool IsOther(OutputFile file) =>
        !Names.IsOurs(file.Path) && Path.GetFileName(file.Path) == file.Path && File.Exists(Names.FullPath(file.Path));

    private ExportManifest? TryLoadManifest() => ManifestReader.TryLoad(ManifestPath);

    private ExportException Foreign(string why) => new(
        ExportErrorKind.BadPath, ManifestPath, $"'{ManifestPath}' {why}, so it is not replaced. Move it away, or choose another path.");
}
