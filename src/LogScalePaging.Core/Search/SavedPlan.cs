using LogScalePaging.Paging;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Search;

/// <summary>How far an earlier run came with its <see cref="FetchPlan"/>, as a checkpoint keeps it.</summary>
/// <param name="Strategy">Name of the strategy.</param>
/// <param name="Notes">What <see cref="FetchPlan.Notes"/> held, among other notes.</param>
public sealed record SavedPlan(string Strategy, IReadOnlyDictionary<string, string> Notes)
{
    /// <summary>The windows that are not whole yet, newest first; null when the records came page by page.</summary>
    public IReadOnlyList<TimeWindow>? Left { get; init; }

    /// <summary>Where the pages go on; null when no page was kept, or when the records came in windows.</summary>
    public Checkpoint? From { get; init; }
}
