namespace LogScalePaging.Search.Windows;

/// <summary>
/// Fetches one window of one system. <see cref="WindowWalk"/> decides which windows, how often, and when to split them. Safe for many
/// threads.
/// </summary>
internal interface IWindowFetcher
{
    /// <summary>Records that one answer can hold, if it is known.</summary>
    long Capacity { get; }

    /// <summary>True if a window can be walked page by page when no answer can hold it.</summary>
    bool CanWalk { get; }

    /// <summary>Fetches a window into the sink, to be committed or discarded.</summary>
    /// <param name="window">The window.</param>
    /// <param name="sink">Receives the records.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="counted">Known number of records in the window: an answer with as many is complete. Null if it is not known.</param>
    /// <returns>Null if the window must be split. Nothing of it was kept.</returns>
    Task<FetchedWindow?> FetchAsync(TimeWindow window, IWindowSink sink, CancellationToken cancellationToken, long? counted = null);

    /// <summary>Walks a window page by page.</summary>
    /// <param name="window">The window.</param>
    /// <param name="expected">Expected number of records; null if it is not known.</param>
    /// <param name="sink">Receives the records.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<FetchedWindow> WalkAsync(TimeWindow window, long? expected, IWindowSink sink, CancellationToken cancellationToken);

    /// <summary>The range to count for the window, if the server includes the end of a range.</summary>
    (long Start, long End) RangeOf(TimeWindow window);

    /// <summary>True if no range counts exactly the records of this window.</summary>
    bool CountsNeighbour(TimeWindow window);

    /// <summary>True if the number of records shows that answers hold fewer than expected.</summary>
    bool IsCutAt(long rows, long expected);

    /// <summary>True if it helps to split a window with missing records, because its parts may have them.</summary>
    bool IsWorthSplitting(TimeWindow window, long rows);

    /// <summary>Keeps the window that this flow fetched last.</summary>
    void Keep();

    /// <summary>Discards the window that this flow fetched last.</summary>
    void Drop();
}
