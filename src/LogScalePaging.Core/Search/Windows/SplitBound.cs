using LogScalePaging.Paging;

namespace LogScalePaging.Search.Windows;

/// <summary>
/// Bounds how often the windows of a range are split. A window is split into halves until they fit, so a server that says of every
/// window that it holds more than fits would have them split without end. For many threads.
/// </summary>
/// <param name="total">Events in the whole range; null while, or when, that is not known.</param>
internal sealed class SplitBound(Func<long?> total)
{
    // Halving a range of many years reaches an instant in fewer steps, and each buffer of events may lie in an instant of its own.
    private const int SplitsForEachBuffer = 40;
    private const int SplitsInAnyCase = 64;

    // Each of them cost an answer as large as may be.
    private const int WeightOfTooLarge = 2;
    private long _planned;
    private long _read;
    private int _splits;

    /// <summary>Takes the windows that are to be read.</summary>
    public void Plan(IEnumerable<TimeWindow> windows) => Interlocked.Add(ref _planned, windows.Sum(w => w.Planned ?? 0));

    /// <summary>Takes the number of rows of a window that is kept.</summary>
    public void Read(long rows) => Interlocked.Add(ref _read, rows);

    /// <summary>Counts a split.</summary>
    /// <param name="window">The window.</param>
    /// <param name="capacity">Rows that a job can hold.</param>
    /// <param name="isTooLarge">True when its answer exceeded the limit of an answer.</param>
    /// <exception cref="PagingException">No number of events that is known explains so many.</exception>
    public void Split(TimeWindow window, long capacity, bool isTooLarge = false)
    {
        var events = Math.Max(Math.Max(Interlocked.Read(ref _planned), Interlocked.Read(ref _read)), total() ?? 0);
        var splits = Interlocked.Add(ref _splits, isTooLarge ? WeightOfTooLarge : 1);
        if (splits <= SplitsInAnyCase + (SplitsForEachBuffer * (events / Math.Max(1, capacity))))
            return;
        if (isTooLarge)
        {
            throw new PagingException(PagingErrorKind.TooManyItems, "The answers of the server are larger than the limit, however short the "
                + $"windows are. The last was {window}. Keep fewer fields with select([...]), or use the Around strategy.");
        }
        var said = FormattableString.Invariant($"{splits:N0} windows were split for {events:N0} known events, the last of them {window}.");
        throw new PagingException(PagingErrorKind.TooManyItems, "The server says that even very short windows hold more events than fit: "
            + $"{said} The walk was stopped because it might not end. Use the strategy Around, and allow the count.");
    }
}
