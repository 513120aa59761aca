using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Export.Slices;

/// <summary>
/// Writes the records of all slices to one file. Each slice becomes a lane of an ordinary store, which assembles and publishes the file as
/// for every other export: the file is complete or does not exist, and a merge that was killed continues.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="merged">Its slices.</param>
/// <param name="target">The file.</param>
/// <param name="step">Called between steps that a crash can separate, for tests.</param>
internal sealed class MergedFile(ExportPlan plan, MergedManifest merged, ExportTarget target, Action<string> step)
{
    private const string SlicesNote = "slices";

    /// <summary>
    /// Ends a merge of these slices that was killed after its manifest got its name: deletes its folder, and nothing is left to do.
    /// </summary>
    /// <param name="cancellationToken">Stops the check of the file.</param>
    /// <returns>The manifest; null if there is no such merge.</returns>
    /// <exception cref="ExportException">Another process uses the folder.</exception>
    public ExportManifest? TryEnd(CancellationToken cancellationToken)
    {
        if (target.Force || !LeftFolder.Exists(target) || ManifestReader.TryLoad(target.ManifestPath) is not { } manifest
            || !merged.IsMadeBy(manifest) || !ExportVerifier.Verify(target.ManifestPath, progress: null, cancellationToken).IsValid)
            return null;
        LeftFolder.Remove(target.Path);
        return manifest;
    }

    /// <summary>Writes the file and its manifest.</summary>
    /// <param name="describe">Makes the manifest of the file.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Receives the number of records.</param>
    /// <param name="cancellationToken">Stops it. The next merge continues.</param>
    /// <exception cref="PlanException">A slice does not match its manifest.</exception>
    public ExportManifest Write(
        Func<FinishedExport, ExportManifest> describe, SignalLog signals, TimeProvider time, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        using var store = Open(time);
        try
        {
            CopyAll(store, progress, cancellationToken);
        }
        catch (PlanException)
        {
            // The slice must be exported again, so nothing of this merge can be used.
            store.Delete();
            throw;
        }
        store.Assemble(signals, progress: null, cancellationToken, describe);
        var manifest = store.State.Manifest!;
        store.Complete();
        return manifest;
    }

    private void CopyAll(ExportStore store, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var done = new HashSet<string>(store.State.Lanes.Where(l => l.Done).Select(l => l.Name), StringComparer.Ordinal);
        var before = 0L;
        foreach (var output in merged.InOrder)
        {
            if (!done.Contains(Window(output).Name))
                Copy(store, output, progress is null ? null : new LaterProgress(progress, before), cancellationToken);
            before += output.Manifest.Counts.Written;
        }
    }

    private static TimeWindow Window(SliceOutput output) => new(output.Slice.Start, output.Slice.End);

    private ExportStore Open(TimeProvider time)
    {
        if (ExportStore.Exists(target) && !target.Force)
            return ExportStore.Resume(target, EnsureSame, step);
        return ExportStore.Create(target, new ExportState
        {
            Identity = new WalkIdentity(plan.System, plan.Host, plan.Repository, plan.Query, plan.Range.Start, plan.Range.End)
            {
                Arguments = plan.Arguments,
                Tenant = plan.Tenant,
            },
            Schema = plan.Schema,
            Strategy = MergedManifest.Strategy,
            Format = target.Format,
            Started = time.GetUtcNow(),
            Lanes = [.. merged.InOrder.Select(output => new LaneState
            {
                Name = Window(output).Name,
                RangeStart = output.Slice.Start,
                RangeEnd = output.Slice.End,
                Planned = output.Manifest.Counts.Written,
            })],
            Notes = new Dictionary<string, string> { [SlicesNote] = Fingerprint() },
        }, step);
    }

    // A slice may have been fetched again since the merge that was killed. Its manifest, if it made one, has an older count than this
    // merge, so it is made again. The file is kept.
    private ExportState EnsureSame(ExportState state)
    {
        var saved = state.Notes.TryGetValue(SlicesNote, out var note) ? note : "(none)";
        return saved == Fingerprint()
            ? state with { Resumes = state.Resumes + 1, Manifest = null }
            : throw new CheckpointMismatchException("list of slices", saved, Fingerprint());
    }

    private string Fingerprint() =>
        string.Join(" ", merged.InOrder.Select(o => o.Manifest.Files[0].Sha256.Substring(0, 16)).Prepend(plan.PlanId));

    private static void Copy(ExportStore store, SliceOutput output, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var part = store.OpenPart(Window(output).Name, alone: true);
        try
        {
            RowTaker append = (in Record row) => part.Append(row);
            var found = ExportVerifier.Read(output.Target.ManifestPath, progress, _ => append, forCopy: true, cancellationToken);
            SliceOutput.EnsureValid([(output, found)]);
        }
        catch
        {
            store.DiscardPart(part);
            throw;
        }
        store.CommitPart(part, next: null, laneDone: true);
    }
}
