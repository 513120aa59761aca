using LogScalePaging.Export.Manifest;

namespace LogScalePaging.Export.Output;

/// <summary>An output that is complete on disk, but does not have its final names yet.</summary>
/// <param name="Finished">The output.</param>
/// <param name="TemporaryPaths">
/// Paths of its files, in the order of <see cref="FinishedExport.Files"/>; null for a file that already has its final name.
/// </param>
internal sealed record Assembly(FinishedExport Finished, IReadOnlyList<string?> TemporaryPaths);
