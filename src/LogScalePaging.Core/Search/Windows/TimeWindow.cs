using LogScalePaging.Records;

namespace LogScalePaging.Search.Windows;

/// <summary>A piece of a pinned range, fetched by one job. An event belongs to it when start ≤ <c>@timestamp</c> &lt; end.</summary>
/// <param name="Start">Start, in the unit of the records' times, inside.</param>
/// <param name="End">End, in the same unit, outside; in the newest window of a range whatever the server makes of the range's end.</param>
/// <param name="Planned">Events that the histogram counts in it; null where none tells, and the window is counted when it is read.</param>
/// <param name="IsNewest">True for the window at the end of the range.</param>
public sealed record TimeWindow(long Start, long End, long? Planned = null, bool IsNewest = false)
{
    /// <summary>Length, in the same unit.</summary>
    public long Length => End - Start;

    /// <summary>True for the window at the start of the range: rows that its job lists from before the range are kept, as in every other strategy.</summary>
    internal bool IsOldest { get; init; }

    /// <summary>True for a range that one job reads: it is not split, and every row that the job lists belongs to it.</summary>
    internal bool IsWhole { get; init; }

    /// <summary>
    /// True if it consists of instants that no answer can hold, and of empty time. It is walked page by page. This is not saved: a resumed
    /// run finds it out again.
    /// </summary>
    internal bool IsDense { get; init; }

    /// <summary>True when there is no shorter window: an instant.</summary>
    public bool IsInstant => Length <= 1 && !IsWhole;

    /// <summary>Name, unique in a range; it makes a file name.</summary>
    public string Name => FormattableString.Invariant($"w{Start}-{End}");

    /// <summary>True when an event at this time belongs to the window.</summary>
    public bool Owns(long timestamp) => IsWhole || ((timestamp >= Start || IsOldest) && (timestamp < End || IsNewest));

    /// <summary>The two halves, newest first.</summary>
    public (TimeWindow Newer, TimeWindow Older) Split()
    {
        var middle = Start + (Length / 2);
        return (new TimeWindow(middle, End, null, IsNewest), new TimeWindow(Start, middle));
    }

    /// <summary>The window for a person.</summary>
    public override string ToString() => $"{Text(Start)} … {Text(End)}";

    // Milliseconds of this size lie beyond the calendar, and nanoseconds of this size lie three days after 1970.
    private static string Text(long time) => RecordTime.Utc(time, TimeUnit.Milliseconds) ?? RecordTime.Utc(time, TimeUnit.Nanoseconds)!;
}
