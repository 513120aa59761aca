using LogScalePaging.Common;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>Compares the range that a server says it searched with the one that it was asked for.</summary>
internal static class RangeCheck
{
    private const long LastMillisecond = 253_402_300_799_999;

    // A server may round to whole seconds, if the range only grows by it.
    private const long Rounding = 999;
    private const double Minute = 60_000;
    private const double Hour = 60 * Minute;

    // Clocks differ: by less than this, a time is not told from now.
    private static readonly TimeSpan s_aboutNow = TimeSpan.FromMinutes(5);

    /// <summary>Why the answer is not one to the question; null when it is, or when nothing can be told.</summary>
    /// <param name="asked">What was asked.</param>
    /// <param name="answer">What the answer says.</param>
    public static string? Mismatch(QueryJobSpec asked, QueryResult answer)
    {
        if (answer.Metadata is not { QueryStart: { } start, QueryEnd: { } end })
            return null;
        if (start < 0 || end > LastMillisecond || start > end)
            return FormattableString.Invariant(
                $"the server searched {start} to {end} (epoch milliseconds), which is not a valid time range");
        if (answer.Metadata.TimeSettingsOverwritten || asked.Around is not null)
            return null;
        var differs = (Differs(asked.Start, start, -Rounding, 0) && asked.Start!.Milliseconds != 0)
            || (Differs(asked.End, end, 0, Rounding) && !IsCutAtNow(asked.End!.Milliseconds!.Value, end, answer.Date))
            || OtherLength(asked.Start, asked.End, start, end);
        return differs ? $"the server searched {UtcTime.Iso(start)} to {UtcTime.Iso(end)}, but "
            + $"{asked.Start ?? QueryTime.Parse("24h")} to {asked.End ?? QueryTime.Now} was requested" : null;
    }

    private static bool Differs(QueryTime? asked, long got, long least, long most) =>
        asked?.Milliseconds is { } time && (got - time < least || got - time > most);

    // A server may search up to now where the end lies in the future, and from its oldest event where the start is 0.
    private static bool IsCutAtNow(long asked, long got, DateTimeOffset? now) =>
        now is { } time && asked > got && got >= (time - s_aboutNow).ToUnixTimeMilliseconds();

    // Of two relative times the length is known, whatever the server's clock says.
    private static bool OtherLength(QueryTime? askedStart, QueryTime? askedEnd, long start, long end)
    {
        if (askedStart?.Relative is not { } from || askedEnd?.Relative is not { } to || RelativeTime.Read(from) is not { } startAge || RelativeTime.Read(to) is not { } endAge)
            return false;
        var (shortest, longest) = (startAge.Shortest - endAge.Longest, startAge.Longest - endAge.Shortest);
        // Days may be those of a time zone, with 23 or 25 hours.
        var tolerance = longest >= 20 * Hour ? 3 * Hour : Minute;
        return end - start < shortest - tolerance || end - start > longest + tolerance;
    }
}
