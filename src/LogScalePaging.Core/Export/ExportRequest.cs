using LogScalePaging.LogScale;

namespace LogScalePaging.Export;

/// <summary>What to export, and where to.</summary>
/// <param name="Search">The search.</param>
/// <param name="Target">The output.</param>
public sealed record ExportRequest(SearchSpec Search, ExportTarget Target)
{
    /// <summary>Go on from what an earlier run of the same export left.</summary>
    public bool Resume { get; init; }

    /// <summary>The request that goes on with a run that broke off, by the path of its output alone.</summary>
    /// <param name="outputPath">Path of the output, or of the folder that holds what came: before the output is whole, that is all there is to see.</param>
    /// <exception cref="ExportException">There is nothing to go on from, or it cannot be read.</exception>
    public static ExportRequest Resuming(string outputPath)
    {
        var path = ExportTarget.OfPartial(outputPath) ?? outputPath;
        return ResumeNotes.Request(ExportStore.Peek(path), path);
    }
}
