using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Output;

/// <summary>The target of the output: which files exist there, and whether they may be replaced.</summary>
internal sealed class OutputPlace(ExportTarget target, PartialFolder folder, FileGuard guard)
{
    /// <summary>The names of the output's files.</summary>
    public OutputNames Names { get; } = new(target);

    /// <summary>Path of the manifest.</summary>
    public string ManifestPath => target.ManifestPath;

    /// <summary>Path of the checksums.</summary>
    public string ChecksumPath => target.ChecksumPath;

    /// <summary>Path of the timestamp of the manifest.</summary>
    public string TimestampPath => target.TimestampPath;

    /// <exception cref="ExportException">No output can be written there.</exception>
    public void EnsurePossible()
    {
        var path = target.Path;
        FileKinds.EnsureNoFolder(path);
        FileKinds.EnsureFileOrNothing(path);
        if (!Directory.Exists(Names.Folder))
            throw new ExportException(ExportErrorKind.FolderMissing, path,
                $"The folder '{Names.Folder}' does not exist. Create it, or choose another path.");
        FileKinds.EnsureFileOrNothing(Names.FullPath(Names.Name(1)));
        EnsureCompanionsOrdinary();
        folder.EnsureOrdinary();
    }

    /// <summary>Throws if the output must not be written there.</summary>
    /// <param name="state">The state, which has whether an older output may be replaced.</param>
    /// <param name="ours">Files of this run that already have their final names.</param>
    /// <param name="finished">The output of this run, if it was complete before a crash. Its manifest may exist.</param>
    /// <exception cref="ExportException">There is a file that must stay.</exception>
    public void EnsureMayPublish(ExportState state, ICollection<string> ours, FinishedExport? finished)
    {
        if (state.Replace)
            EnsureReplaceable(finished);
        else
            EnsureFree(ours, finished);
    }

    /// <summary>Throws if there is an output or a manifest that is not from this run.</summary>
    /// <param name="ours">Files of this run that already have their final names.</param>
    /// <param name="finished">The output of this run, if it was complete before a crash. Its manifest may exist.</param>
    /// <exception cref="ExportException">There is another output.</exception>
    public void EnsureFree(ICollection<string> ours, FinishedExport? finished = null)
    {
        EnsureCompanionsOrdinary();
        if (OldFiles().FirstOrDefault(name => !ours.Contains(name)) is { } name)
            throw OutputExists(Names.FullPath(name), inner: null);
        if (File.Exists(ManifestPath) && !(finished is not null && IsManifestOf(finished)))
            throw OutputExists(ManifestPath, inner: null);
        if (File.Exists(ChecksumPath) && !(finished is not null && HasChecksums(finished)) && !HasStaleChecksums())
            throw OutputExists(ChecksumPath, inner: null);
        if (File.Exists(TimestampPath))
            throw OutputExists(TimestampPath, inner: null);
    }

    /// <summary>Throws if the output would replace anything other than an older output of this name with its manifest.</summary>
    /// <param name="finished">The output of this run, if it was complete before a crash. Its manifest may exist.</param>
    /// <exception cref="ExportException">There is something else.</exception>
    public void EnsureReplaceable(FinishedExport? finished = null)
    {
        EnsureCompanionsOrdinary();
        foreach (var name in OldFiles())
            FileKinds.EnsureFileOrNothing(Names.FullPath(name));
        if (File.Exists(ChecksumPath) && TryLoadChecksums() is null)
            throw Foreign(ChecksumPath, "is not a file of checksums");
        if (!File.Exists(ManifestPath) || (finished is not null && IsManifestOf(finished)))
            return;
        if (!ManifestReader.IsOurs(ManifestPath))
            throw Foreign(ManifestPath, "does not come from an export");
        if (TryLoadManifest()?.Files.FirstOrDefault(IsOther) is { } other)
            throw Foreign(ManifestPath, $"describes '{other.Path}'");
        if (OldFiles().Count == 0)
            throw Foreign(ManifestPath, "describes an output that does not exist");
    }

    /// <summary>The files among these that already have their final names and are unchanged.</summary>
    public ICollection<string> Standing(IReadOnlyList<OutputFile> files) =>
        new HashSet<string>(files.Where(f => FileHash.Is(Names.FullPath(f.Path), f.Bytes, f.Sha256)).Select(f => f.Path),
            StringComparer.Ordinal);

    /// <summary>Whether the existing manifest is exactly this one.</summary>
    /// <exception cref="ExportException">It cannot be read.</exception>
    public bool HasManifest(ExportManifest manifest)
    {
        try
        {
            return File.ReadAllBytes(ManifestPath).AsSpan().SequenceEqual(manifest.ToUtf8());
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw guard.Translate(e, ManifestPath);
        }
    }

    /// <summary>Whether the existing checksums are exactly those of an output.</summary>
    public bool HasChecksums(FinishedExport finished) =>
        Checksums.Of(finished.Files) is var expected && FileKinds.Of(ChecksumPath) == FileKind.File
        && new FileInfo(ChecksumPath).Length == expected.Length && File.ReadAllBytes(ChecksumPath).AsSpan().SequenceEqual(expected);

    /// <summary>Whether the existing manifest belongs to an output.</summary>
    public bool IsManifestOf(FinishedExport finished) =>
        TryLoadManifest() is { } manifest && manifest.Files.Select(f => (f.Path, f.Sha256)).SequenceEqual(finished.Files.Select(f =>
            (f.Path, f.Sha256)));

    /// <summary>
    /// The files of an older output. If it has several files, they are found by its manifest, because there may be more of them than a
    /// new run writes.
    /// </summary>
    public IReadOnlyList<string> OldFiles()
    {
        var first = Names.Name(1);
        var listed = TryLoadManifest()?.Files.Select(f => f.Path).Where(f => Names.IsOurs(f) && File.Exists(Names.FullPath(f))) ?? [];
        return [.. (File.Exists(Names.FullPath(first)) ? [first] : Array.Empty<string>()).Concat(listed).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The message for a file that must not be replaced.</summary>
    public ExportException OutputExists(string path, Exception? inner)
    {
        var kept = guard.SafeEvents < 0
            ? "Nothing was fetched. Choose another path, or use -Force (--force) to replace it."
            : $"{Counted.Of(guard.SafeEvents, "record")} saved in '{folder.Path}'. "
                + "Move the file away and use -Resume (--resume), or add -Force (--force) to replace it.";
        return new ExportException(ExportErrorKind.OutputExists, path, $"'{path}' already exists. {kept}", inner);
    }

    // In a file that was renamed with its manifest, the manifest still has the old name.
    private bool IsOther(OutputFile file) =>
        !Names.IsOurs(file.Path) && Path.GetFileName(file.Path) == file.Path && File.Exists(Names.FullPath(file.Path));

    private ExportManifest? TryLoadManifest() => ManifestReader.TryLoad(ManifestPath);

    /// <summary>
    /// Whether the existing checksums are those of an older output whose files are gone. A user who deletes an output and its manifest may
    /// not know them.
    /// </summary>
    public bool HasStaleChecksums() => FileKinds.Of(ChecksumPath) == FileKind.File && TryLoadChecksums() is { Count: > 0 } lines
        && lines.All(line => Names.IsOurs(line.Name) && FileKinds.Of(Names.FullPath(line.Name)) == FileKind.None);

    private IReadOnlyList<(string Name, string Hash)>? TryLoadChecksums()
    {
        const int ManyFiles = 100_000;
        try
        {
            return Checksums.Load(ChecksumPath, ManyFiles);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return null;
        }
    }

    private void EnsureCompanionsOrdinary()
    {
        foreach (var path in new[] { ManifestPath, ChecksumPath, TimestampPath })
            FileKinds.EnsureFileOrNothing(path);
    }

    private static ExportException Foreign(string path, string why) => new(
        ExportErrorKind.BadPath, path, $"'{path}' {why}, so it is not replaced. Move it away, or choose another path.");
}
