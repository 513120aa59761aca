using LogScalePaging.Export.Manifest;

namespace LogScalePaging.Export.Output;

/// <summary>An output that is complete on disk, but does not have its final names yet.</summary>
/// <param name="Finished">What it is.</param>
/// <param name="TemporaryPaths">Where its files are, in the order of <see cref="FinishedExport.Files"/>;
/// null for one that has its own name already.</param>
internal sealed record Assembly(FinishedExport Finished, IReadOnlyList<string?> TemporaryPaths);
