using LogScalePaging.Common;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>Compares the range in the server's answer with the requested one.</summary>
internal static class RangeCheck
{
    private const long LastMillisecond = 253_402_300_799_999;

    // A server may round to whole seconds, if that only makes the range larger.
    private const long Rounding = 999;
    private const double Minute = 60_000;
    private const double Hour = 60 * Minute;

    // Clocks differ. A time within this distance counts as now.
    private static readonly TimeSpan s_aboutNow = TimeSpan.FromMinutes(5);

    /// <summary>Why the answer belongs to another range; null if it does not, or if this cannot be known.</summary>
    /// <param name="asked">The requested range.</param>
    /// <param name="answer">The answer.</param>
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

    // If the end is in the future, a server may search up to now. If the start is 0, it may start at its oldest event.
    private static bool IsCutAtNow(long asked, long got, DateTimeOffset? now) =>
        now is { } time && asked > got && got >= (time - s_aboutNow).ToUnixTimeMilliseconds();

    // The length of a range with two relative times is known, even if the server's clock is wrong.
    private static bool OtherLength(QueryTime? askedStart, QueryTime? askedEnd, long start, long end)
    {
        if (askedStart?.Relative is not { } from || askedEnd?.Relative is not { } to || RelativeTime.Read(from) is not { } startAge
            || RelativeTime.Read(to) is not { } endAge)
            return false;
        var (shortest, longest) = (startAge.Shortest - endAge.Longest, startAge.Longest - endAge.Shortest);
        // Days may depend on a time zone and have 23 or 25 hours.
        var tolerance = longest >= 20 * Hour ? 3 * Hour : Minute;
        return end - start < shortest - tolerance || end - start > longest + tolerance;
    }
}
