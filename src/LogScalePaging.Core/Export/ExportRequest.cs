using LogScalePaging.Export.Errors;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Search;

namespace LogScalePaging.Export;

/// <summary>What to export, and where to.</summary>
/// <param name="Search">The search.</param>
/// <param name="Target">The output.</param>
public sealed record ExportRequest(SearchRequest Search, ExportTarget Target)
{
    /// <summary>Go on from what an earlier run of the same export left.</summary>
    public bool Resume { get; init; }

    /// <summary>
    /// With <see cref="Resume"/>: begin where there is nothing to go on from. An output that is finished, valid and exactly what is asked
    /// for is the result at once.
    /// </summary>
    public bool OrBegin { get; init; }

    /// <summary>Whether an earlier run is gone on with: it has pinned the range.</summary>
    public bool GoesOn => Resume && (!OrBegin || ExportStore.Exists(Target));

    /// <summary>Makes sure that the export could begin, or go on; nothing is made or changed.</summary>
    /// <exception cref="ExportException">It cannot: the kind and the message say why.</exception>
    public void EnsurePossible()
    {
        if (GoesOn)
            ExportStore.Peek(Target.Path);
        else if (!Resume || !FinishedOutput.MayBeResult(this))
            StoreOpening.EnsureMayBegin(Target);
    }

    /// <summary>The request that goes on with a run that broke off, by the path of its output alone.</summary>
    /// <param name="outputPath">Path of the output, or of the folder that holds what came: before the output is whole, that is all there is to see.</param>
    /// <param name="restore">Makes the search of a system: <see cref="Systems.Restore"/>.</param>
    /// <exception cref="ExportException">There is nothing to go on from, or it cannot be read.</exception>
    public static ExportRequest Resuming(string outputPath, Func<SavedSearch, SearchRequest> restore)
    {
        var path = PartialFolder.OutputOf(outputPath) ?? outputPath;
        return ResumeNotes.Request(ExportStore.Peek(path), path, restore);
    }
}
