using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Output;

/// <summary>
/// Gives a complete output, its checksums and its manifest their final names. The checkpoint records this before the first rename, so that
/// the next run can finish it after a crash: files with their final names are kept, and the others are renamed.
/// </summary>
internal sealed class Publication(OutputPlace place, PartialFolder folder, FileGuard guard, Action<string> step)
{
    /// <summary>Publishes the output in the state.</summary>
    /// <param name="state">The saved state, with the finished output and the remaining steps.</param>
    /// <param name="temporaryPaths">Paths of the files; null for a file that already has its final name.</param>
    /// <param name="ours">Names of files that an earlier try of this run has published. They may be replaced.</param>
    /// <exception cref="ExportException">A name is taken, or the disk fails. Files with their final names keep them.</exception>
    public void Run(ExportState state, IReadOnlyList<string?> temporaryPaths, ICollection<string> ours)
    {
        var files = state.Finished!.Files;
        var manifestStands = IsDone(state);
        if (state.Manifest is { } manifest && !manifestStands)
        {
            Write(folder.ManifestPath, manifest.ToUtf8(), File.Exists(place.ManifestPath) ? place.ManifestPath : null, state);
            Write(folder.ChecksumPath, Checksums.Of(files), Older(state, place.ChecksumPath), state);
        }
        // Delete the old manifest first, with the files about it: no manifest is better than a stale one.
        if (state.Manifest is not null && !manifestStands && place.HasStaleChecksums())
            DurableFile.TryDelete(place.ChecksumPath);
        if (state.Replace && !manifestStands)
        {
            foreach (var path in new[] { place.TimestampPath, place.ManifestPath, place.ChecksumPath })
                DurableFile.TryDelete(path);
        }
        step("old manifest deleted");
        for (var i = 0; i < files.Count; i++)
        {
            if (temporaryPaths[i] is not { } temporary)
                continue;
            var path = place.Names.FullPath(files[i].Path);
            Move(temporary, path, state.Replace ? Older(state, path) : null, state.Replace || ours.Contains(files[i].Path));
            step("output renamed");
        }
        foreach (var name in state.Surplus)
        {
            DurableFile.TryDelete(place.Names.FullPath(name));
            step("old output deleted");
        }
        if (state.Manifest is null || manifestStands)
            return;
        Move(folder.ChecksumPath, place.ChecksumPath, replaced: null, state.Replace || place.HasChecksums(state.Finished), keepMode: true);
        step("checksums renamed");
        Move(folder.ManifestPath, place.ManifestPath, replaced: null, state.Replace, keepMode: true);
        step("manifest renamed");
    }

    /// <summary>Finishes a publication that a crash interrupted.</summary>
    /// <returns>False if it cannot be finished: a file has neither its final nor its temporary name.</returns>
    /// <exception cref="ExportException">A name is taken, or the disk fails.</exception>
    public bool TryFinish(ExportState state)
    {
        if (state is not { Manifest: not null, Finished: { } finished })
            return false;
        if (IsDone(state))
            return true;
        var standing = place.Standing(finished.Files);
        var temporary = new string?[finished.Files.Count];
        for (var i = 0; i < temporary.Length; i++)
        {
            var file = finished.Files[i];
            if (standing.Contains(file.Path))
                continue;
            if (!state.Replace && FileKinds.Of(place.Names.FullPath(file.Path)) != FileKind.None)
                return false;
            temporary[i] = Candidates(state, i).FirstOrDefault(path => FileHash.Is(path, file.Bytes, file.Sha256));
            if (temporary[i] is null)
                return false;
        }
        if (!state.Replace && (File.Exists(place.ManifestPath) || File.Exists(place.TimestampPath)))
            return false;
        if (!state.Replace && FileKinds.Of(place.ChecksumPath) != FileKind.None && !place.HasChecksums(finished)
            && !place.HasStaleChecksums())
            return false;
        Run(state, temporary, standing);
        return true;
    }

    /// <summary>Whether the manifest of a state has its name. It is renamed last.</summary>
    // A replaced output may have had the same bytes, with another verdict in its manifest.
    public bool IsDone(ExportState state) =>
        state is { Manifest: { } manifest, Finished: { } finished } && place.IsManifestOf(finished)
        && (!state.Replace || place.HasManifest(manifest));

    // A single part of ndjson becomes the output without a copy.
    private IEnumerable<string> Candidates(ExportState state, int index)
    {
        yield return folder.OutputPath(index + 1);
        if (index == 0 && state.Lanes.SelectMany(l => l.Parts).Where(p => p.Rows > 0).Take(2).ToArray() is [var part])
            yield return folder.In(part.File);
    }

    // The replaced file, or another file of the same older output. The same programs read all files of an output, so a new file gets its
    // mode.
    private string? Older(ExportState state, string path) =>
        File.Exists(path) ? path : state.Finished!.Files.Select(f =>
            f.Path).Concat(state.Surplus).Select(place.Names.FullPath).FirstOrDefault(File.Exists);

    private void Write(string path, byte[] content, string? replaced, ExportState state)
    {
        try
        {
            using (var file = DurableFile.Create(path))
            {
                file.Write(content, 0, content.Length);
                file.Flush(flushToDisk: true);
            }
            FileModes.Prepare(path, place.Names.Folder, state.Replace ? replaced : null);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw guard.Translate(e, path);
        }
    }

    private void Move(string source, string path, string? replaced, bool replace, bool keepMode = false)
    {
        FileKinds.EnsureFileOrNothing(path);
        try
        {
            if (!keepMode)
                FileModes.Prepare(source, place.Names.Folder, replaced);
            DurableFile.Move(source, path, replace);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw !replace && File.Exists(path) ? place.OutputExists(path, e) : guard.Translate(e, path);
        }
    }
}
