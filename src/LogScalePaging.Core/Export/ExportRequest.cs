using LogScalePaging.LogScale;

namespace LogScalePaging.Export;

/// <summary>What to export, and where to.</summary>
/// <param name="Search">The search.</param>
/// <param name="Target">The output.</param>
public sealed record ExportRequest(SearchSpec Search, ExportTarget Target)
{
    /// <summary>Go on from what an earlier run of the same export left.</summary>
    public bool Resume { get; init; }
}
