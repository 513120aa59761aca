namespace LogScalePaging.Search.Windows;

/// <summary>Fetches one window of one system; <see cref="WindowWalk"/> decides which windows, how often, and when to split them. For many threads.</summary>
internal interface IWindowFetcher
{
    /// <summary>Records that one answer can hold, as far as that is known.</summary>
    long Capacity { get; }

    /// <summary>True when a window can be walked page by page where no answer can hold it.</summary>
    bool CanWalk { get; }

    /// <summary>Fetches a window into the sink, to be committed or discarded.</summary>
    /// <param name="window">The window.</param>
    /// <param name="sink">Where it goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="counted">Records that the window is known to hold: an answer that lists as many is whole. Null when that is not known.</param>
    /// <returns>Null when the window has to be split. Nothing was kept of it.</returns>
    Task<FetchedWindow?> FetchAsync(TimeWindow window, IWindowSink sink, CancellationToken cancellationToken, long? counted = null);

    /// <summary>Walks a window page by page.</summary>
    /// <param name="window">The window.</param>
    /// <param name="expected">Records that it should hold; null when that is not known.</param>
    /// <param name="sink">Where it goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<FetchedWindow> WalkAsync(TimeWindow window, long? expected, IWindowSink sink, CancellationToken cancellationToken);

    /// <summary>The range whose count is the window's, where the server takes an end as inside.</summary>
    (long Start, long End) RangeOf(TimeWindow window);

    /// <summary>True when no range counts the records of this window alone.</summary>
    bool CountsNeighbour(TimeWindow window);

    /// <summary>True when the number of records shows that answers hold fewer than was thought.</summary>
    bool IsCutAt(long rows, long expected);

    /// <summary>True when a window that stays short is worth splitting: its parts may hold what it lacks.</summary>
    bool IsWorthSplitting(TimeWindow window, long rows);

    /// <summary>The window that was fetched last by this flow is kept.</summary>
    void Keep();

    /// <summary>The window that was fetched last by this flow is not kept.</summary>
    void Drop();
}
