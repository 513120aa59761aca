using LogScalePaging.Search.Windows;

namespace LogScalePaging.Search;

/// <summary>How a search gets its records, chosen after its first answer.</summary>
/// <param name="Strategy">Name of the strategy, as checkpoints and manifests state it.</param>
/// <param name="Reason">Why it was chosen, for a person.</param>
public sealed record FetchPlan(string Strategy, string Reason)
{
    /// <summary>
    /// The windows, newest first, each of which is fetched whole or not at all; null when the records come page by page, each page with a
    /// checkpoint. One answer that holds the whole range is one window.
    /// </summary>
    public IReadOnlyList<TimeWindow>? Windows { get; init; }

    /// <summary>True when many windows are fetched at once.</summary>
    public bool IsParallel { get; init; }

    /// <summary>What a later run needs to fetch the rest of the windows, by name. No secrets.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();
}
