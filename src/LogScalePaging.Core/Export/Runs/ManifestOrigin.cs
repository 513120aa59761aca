using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Transport;

namespace LogScalePaging.Export.Runs;

/// <summary>Adds to a manifest where an export comes from: its runs, its program, its clock, and what it leaves out.</summary>
internal static class ManifestOrigin
{
    /// <summary>The manifest with its origin.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="state">The state on disk.</param>
    /// <param name="transport">The connection, which knows the clock of the server.</param>
    public static ExportManifest Add(ExportManifest manifest, ExportState state, ApiTransport transport) => manifest with
    {
        Runs = RunNotes.Of(state),
        Program = ProgramFiles.Current,
        Clock = Clock(transport),
        // A resumption by path knows them only from the checkpoint.
        Plan = manifest.Plan ?? RunNotes.SliceOf(state)?.Plan,
        Slice = manifest.Slice ?? RunNotes.SliceOf(state)?.Slice,
        Exclusions = ManifestExclusions.Of(manifest),
    };

    /// <summary>The clock of this machine, compared with that of the server if the server answered.</summary>
    /// <param name="transport">The connection; null if the run had none.</param>
    public static ManifestClock Clock(ApiTransport? transport) =>
        transport?.ServerClock is not { } sample ? new(ManifestClock.System) : new(ManifestClock.System)
        {
            ServerDate = sample.Date,
            LocalTime = sample.Received,
            OffsetMilliseconds = (long)sample.Offset.TotalMilliseconds,
            UncertaintyMilliseconds = (long)Math.Ceiling(sample.Uncertainty.TotalMilliseconds),
        };
}
