using LogScalePaging.Paging;

namespace LogScalePaging.Search.Windows;

/// <summary>
/// Limits how often the windows of a range are split. A window is split into halves until they fit. Without a limit, a server that
/// reports too many events for every window would cause endless splitting. Safe for many threads.
/// </summary>
/// <param name="total">Events in the whole range; null if it is not known (yet).</param>
internal sealed class SplitBound(Func<long?> total)
{
    // Halving a range of many years reaches an instant in fewer steps, and each buffer of events may be in its own instant.
    private const int SplitsForEachBuffer = 40;
    private const int SplitsInAnyCase = 64;

    // Each of these splits costs an answer of the maximum size.
    private const int WeightOfTooLarge = 2;
    private long _planned;
    private long _read;
    private int _splits;

    /// <summary>Adds the windows that will be read.</summary>
    public void Plan(IEnumerable<TimeWindow> windows) => Interlocked.Add(ref _planned, windows.Sum(w => w.Planned ?? 0));

    /// <summary>Adds the number of rows of a window that is kept.</summary>
    public void Read(long rows) => Interlocked.Add(ref _read, rows);

    /// <summary>Counts a split.</summary>
    /// <param name="window">The window.</param>
    /// <param name="capacity">Rows that a job can hold.</param>
    /// <param name="isTooLarge">True if its answer exceeded the size limit.</param>
    /// <exception cref="PagingException">The known number of events does not explain so many splits.</exception>
    public void Split(TimeWindow window, long capacity, bool isTooLarge = false)
    {
        var events = Math.Max(Math.Max(Interlocked.Read(ref _planned), Interlocked.Read(ref _read)), total() ?? 0);
        var splits = Interlocked.Add(ref _splits, isTooLarge ? WeightOfTooLarge : 1);
        if (splits <= SplitsInAnyCase + (SplitsForEachBuffer * (events / Math.Max(1, capacity))))
            return;
        if (isTooLarge)
        {
            throw new PagingException(PagingErrorKind.TooManyItems, "The answers of the server are larger than the limit, even for very "
                + $"short windows. The last window was {window}. Keep fewer fields in the query, or use a "
                + "strategy that reads page by page.");
        }
        var said = FormattableString.Invariant(
            $"{splits:N0} windows were split for {events:N0} known records. The last window was {window}.");
        throw new PagingException(PagingErrorKind.TooManyItems, "The server says that even very short windows have more records than fit. "
            + $"{said} The walk was stopped because it might not end. Allow the count, or use a strategy that reads page by "
            + "page.");
    }
}
