using LogScalePaging.Paging.Positions;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Search;

/// <summary>The progress of an earlier run's <see cref="FetchPlan"/>, from a checkpoint.</summary>
/// <param name="Strategy">Name of the strategy.</param>
/// <param name="Notes">The values of <see cref="FetchPlan.Notes"/>, among other notes.</param>
public sealed record SavedPlan(string Strategy, IReadOnlyDictionary<string, string> Notes)
{
    /// <summary>The windows that are not complete yet, newest first; null if the records are read page by page.</summary>
    public IReadOnlyList<TimeWindow>? Left { get; init; }

    /// <summary>The place where the pages continue; null if no page was kept, or for windows.</summary>
    public Checkpoint? From { get; init; }
}
