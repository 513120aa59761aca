using LogScalePaging.Records;

namespace LogScalePaging.Search.Windows;

/// <summary>A part of a pinned range that is fetched as one. A record belongs to it if start ≤ time &lt; end.</summary>
/// <param name="Start">Inclusive start, in the unit of the records' times.</param>
/// <param name="End">Exclusive end, in the same unit. For the newest window, the server decides whether the end is inclusive.</param>
/// <param name="Planned">
/// Records that the histogram counted in it. Null if there is no such number; the window is then counted when it is read.
/// </param>
/// <param name="IsNewest">True for the window at the end of the range.</param>
public sealed record TimeWindow(long Start, long End, long? Planned = null, bool IsNewest = false)
{
    /// <summary>Length, in the same unit.</summary>
    public long Length => End - Start;

    /// <summary>
    /// True for the window at the start of the range. It keeps rows from before the range that the server lists, as every other strategy
    /// does.
    /// </summary>
    internal bool IsOldest { get; init; }

    /// <summary>True for the whole range as one window. It is not split, and every row that the server lists belongs to it.</summary>
    internal bool IsWhole { get; init; }

    /// <summary>
    /// True if it consists of instants that no answer can hold, and of empty time. It is walked page by page. This is not saved: a resumed
    /// run finds it out again.
    /// </summary>
    internal bool IsDense { get; init; }

    /// <summary>True if the window is one instant, which cannot be split.</summary>
    public bool IsInstant => Length <= 1 && !IsWhole;

    /// <summary>A name for files, unique in a range.</summary>
    public string Name => FormattableString.Invariant($"w{Start}-{End}");

    /// <summary>True if a record with this time belongs to the window.</summary>
    public bool Owns(long timestamp) => IsWhole || ((timestamp >= Start || IsOldest) && (timestamp < End || IsNewest));

    /// <summary>The two halves, newest first.</summary>
    public (TimeWindow Newer, TimeWindow Older) Split()
    {
        var middle = Start + (Length / 2);
        return (new TimeWindow(middle, End, null, IsNewest), new TimeWindow(Start, middle));
    }

    /// <summary>The window as text for messages.</summary>
    public override string ToString() => $"{Text(Start)} … {Text(End)}";

    // The unit follows from the size: as milliseconds, a time in nanoseconds would be outside the calendar.
    private static string Text(long time) => RecordTime.Utc(time, TimeUnit.Milliseconds) ?? RecordTime.Utc(time, TimeUnit.Nanoseconds)!;
}
