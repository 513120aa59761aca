using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Runs;
using LogScalePaging.Transport;

namespace LogScalePaging.Export.Slices;

/// <summary>Adds to the manifest of merged slices where they come from, as <see cref="ManifestOrigin"/> does for one export.</summary>
internal static class MergedOrigin
{
    /// <summary>The manifest with its origin: the runs of each slice, then this merge, its program and its clock.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="slices">The slices, by their index.</param>
    /// <param name="transport">The connection that counted the range; null if it was not counted.</param>
    /// <param name="started">When the merge started.</param>
    /// <param name="noOperator">Leave out accounts and machines, also those of the slices.</param>
    public static ExportManifest Add(ExportManifest manifest, IReadOnlyList<SliceOutput> slices, ApiTransport? transport,
        DateTimeOffset started, bool noOperator) => manifest with
        {
            Runs = [.. slices.SelectMany(s => Runs(s, noOperator)), RunNotes.Now(started, noOperator)],
            Program = ProgramFiles.Current,
            Clock = ManifestOrigin.Clock(transport),
            Exclusions = ManifestExclusions.Of(manifest),
        };

    // The manifest of a slice is untrusted, and may list nothing in place of a run.
    private static IEnumerable<ManifestRun> Runs(SliceOutput slice, bool noOperator) =>
        (slice.Manifest.Runs ?? []).Where(run => run is not null).Select(run => noOperator
            ? run with { Slice = slice.Slice.I, Operator = null, Machine = null }
            : run with { Slice = slice.Slice.I });
}
