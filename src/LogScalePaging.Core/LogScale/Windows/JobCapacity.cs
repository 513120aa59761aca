namespace LogScalePaging.LogScale.Windows;

/// <summary>The number of rows that a job can hold. A server may have a smaller buffer than it promised. Safe for many threads.</summary>
/// <param name="promised">The promised number.</param>
internal sealed class JobCapacity(long promised)
{
    // No server has a smaller buffer.
    private const int Smallest = 200;
    private long _rows = promised;

    /// <summary>The number, as far as it is known.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>True if a job with so many rows may lack some because its buffer is full.</summary>
    public static bool MayBeCut(long rows) => rows >= Smallest;

    /// <summary>
    /// Whether events are missing because the buffer is smaller than promised. If so, the smaller size is used from now on.
    /// </summary>
    /// <param name="rows">Number of received rows, the same twice in a row.</param>
    /// <param name="expected">Expected number of rows.</param>
    public bool IsCutAt(long rows, long expected)
    {
        // Missing events can have any number, but a limit is a round number, or far below the requested one.
        if (!MayBeCut(rows) || (rows % 100 != 0 && rows > expected / 4 * 3))
            return false;
        for (var known = Rows; rows < known; known = Rows)
            Interlocked.CompareExchange(ref _rows, rows, known);
        return true;
    }
}
