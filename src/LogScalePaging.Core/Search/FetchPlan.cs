using LogScalePaging.Search.Windows;

namespace LogScalePaging.Search;

/// <summary>How a search reads its records, chosen after its first answer.</summary>
/// <param name="Strategy">Name of the strategy in checkpoints and manifests.</param>
/// <param name="Reason">Why it was chosen, for a person.</param>
public sealed record FetchPlan(string Strategy, string Reason)
{
    /// <summary>
    /// The windows, newest first, each of which is fetched completely or not at all; null if the records are read page by page, with a
    /// checkpoint for each page. One answer with the whole range is one window.
    /// </summary>
    public IReadOnlyList<TimeWindow>? Windows { get; init; }

    /// <summary>True if many windows are fetched in parallel.</summary>
    public bool IsParallel { get; init; }

    /// <summary>Values that a later run needs to fetch the remaining windows, by name. No secrets.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();
}
