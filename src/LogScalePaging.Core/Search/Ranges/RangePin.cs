using LogScalePaging.Common;
using LogScalePaging.Records;

namespace LogScalePaging.Search.Ranges;

/// <summary>
/// Makes requested ranges absolute, in nanoseconds since 1970, for systems whose requests must have an absolute range.
/// </summary>
internal static class RangePin
{
    /// <summary>The range in nanoseconds. Relative times are made absolute.</summary>
    /// <param name="range">The requested range.</param>
    /// <param name="now">The clock.</param>
    /// <param name="noun">What is searched, for the message.</param>
    /// <param name="isCheck">True if this is not the clock of the search. A relative and an absolute end are then not compared.</param>
    /// <exception cref="ArgumentException">An end is not a time, or the start is not before the end.</exception>
    public static (long Start, long End) Nanoseconds(RequestedRange range, DateTimeOffset now, string noun, bool isCheck = false)
    {
        var (start, end) = (Resolved(range.Start, now, "start"), Resolved(range.End, now, "end"));
        var isComparable = !isCheck || (range.Start.Words is null) == (range.End.Words is null);
        return start < end || !isComparable
            ? (start, end)
            : throw new ArgumentException($"The start '{Printable.Line(range.Start.ToString())}' is not before the end "
                + $"'{Printable.Line(range.End.ToString())}', so no {noun} can match. Use an earlier start or a later end.");
    }

    /// <summary>An end of a range that an earlier run pinned.</summary>
    /// <param name="time">Nanoseconds.</param>
    /// <param name="name">Name of the end, for the message.</param>
    /// <exception cref="FormatException">There is no time.</exception>
    public static RequestedTime Restored(long? time, string name) => time is { } nanoseconds
        ? new RequestedTime(nanoseconds / RecordTime.PerMillisecond(TimeUnit.Iso8601), null)
        : throw new FormatException($"The {name} of the range is missing.");

    private static long Resolved(RequestedTime time, DateTimeOffset now, string name)
    {
        if (time is { Milliseconds: null, Words: null })
            throw new ArgumentException($"The {name} of the range is missing.");
        var milliseconds = time.Milliseconds ?? RelativeTimeWords.Resolve(time.Words!, now).ToUnixTimeMilliseconds();
        // Nanoseconds in 64 bits reach from the year 1677 to 2262.
        return milliseconds is > -9_223_000_000_000 and < 9_223_000_000_000
            ? milliseconds * RecordTime.PerMillisecond(TimeUnit.Iso8601)
            : throw new ArgumentException($"The {name} of the range must lie between the years 1678 and 2262.");
    }
}
