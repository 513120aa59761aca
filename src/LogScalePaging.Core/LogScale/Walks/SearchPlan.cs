using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Search;

namespace LogScalePaging.LogScale.Walks;

/// <summary>The strategy that a search uses now, and the result buffer of its jobs.</summary>
internal sealed class SearchPlan(SearchParts parts)
{
    /// <summary>The plan; null before a strategy is chosen.</summary>
    public FetchPlan? Current { get; private set; }

    /// <summary>
    /// What is known about the server's result buffer; null before it was tested, and for a strategy that does not use it.
    /// </summary>
    public ResultBuffer? Buffer { get; private set; }

    /// <summary>Doubts that every result of this strategy has.</summary>
    public IEnumerable<string> Doubts => StrategyChoice.Doubts(Current?.Strategy, parts.Traits);

    /// <summary>True if the search uses this strategy.</summary>
    public bool Is(SearchStrategy strategy) => Current?.Strategy == strategy.ToString();

    /// <summary>Uses a strategy from now on.</summary>
    public void Use(ChosenStrategy chosen)
    {
        var isOneAnswer = chosen.Strategy is SearchStrategy.Stream or SearchStrategy.OneJob;
        Buffer = chosen.Buffer;
        Current = new FetchPlan(chosen.Strategy.ToString(), chosen.Reason)
        {
            Windows = isOneAnswer ? [parts.Range.Whole] : chosen.Windows,
            IsParallel = chosen.Windows is not null,
            Notes = chosen.Windows is not null ? chosen.Buffer!.ToNotes() : new Dictionary<string, string>(),
        };
        parts.Signals.Verbose(SignalKind.StrategyChosen, $"strategy {chosen.Strategy}: {chosen.Reason}");
        foreach (var doubt in Doubts)
            parts.Signals.Warn(SignalKind.StrategyChosen, $"the result will not be verified: {doubt}");
    }

    /// <summary>Uses the strategy of an earlier run, unless there is a plan.</summary>
    public void Resume(string strategy) => Current ??= Resumed(strategy);

    /// <summary>Uses the remaining windows of an earlier run, if it had some.</summary>
    public void Resume(SavedPlan? saved)
    {
        if (saved is not { Strategy: nameof(SearchStrategy.Window), Left: { Count: > 0 } left })
            return;
        Buffer = ResultBuffer.FromNotes(saved.Notes);
        Current = Resumed(saved.Strategy) with { Windows = left, IsParallel = true };
    }

    /// <summary>The jobs that the plan needs, and how many answers it waits for, one after the other; null if it is not known.</summary>
    /// <param name="wanted">Events to read; null if their number is not known.</param>
    public (long? Jobs, long? Steps) Work(long? wanted) => Current switch
    {
        { IsParallel: true, Windows: { } windows } => (windows.Count, SearchEstimate.Parts(windows.Count, parts.Spec.Parallel)),
        { Strategy: nameof(SearchStrategy.Around) } => Pages(wanted),
        // One job, or one stream, whose rows are read in slices.
        { Windows: not null } => (1, wanted is { } rows ? SearchEstimate.Parts(rows, WindowFetcher.Slice) : null),
        _ => (1, 1),
    };

    private static FetchPlan Resumed(string strategy) => new(strategy, "resumed from a checkpoint");

    private (long? Jobs, long? Steps) Pages(long? wanted) =>
        wanted is { } events && SearchEstimate.Parts(events, parts.Spec.PageSize) is var pages ? (pages, pages) : (null, null);
}
