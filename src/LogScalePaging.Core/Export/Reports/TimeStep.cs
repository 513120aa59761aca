using System.Globalization;

namespace LogScalePaging.Export.Reports;

/// <summary>Lengths of time for the bars of a histogram: round ones, so that people can read them.</summary>
internal static class TimeStep
{
    private const ulong Second = 1_000;
    private const ulong Minute = 60 * Second;
    private const ulong Hour = 60 * Minute;
    private const ulong Day = 24 * Hour;

    private static readonly ulong[] s_round =
    [
        1, 2, 5, 10, 20, 50, 100, 200, 500, Second, 2 * Second, 5 * Second, 10 * Second, 15 * Second, 30 * Second, Minute, 2 * Minute,
        5 * Minute,
        10 * Minute, 15 * Minute, 30 * Minute, Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day, 2 * Day, 7 * Day, 14 * Day, 30 * Day,
        90 * Day, 365 * Day,
    ];

    /// <summary>The smallest round length that covers a span with at most so many bars.</summary>
    /// <param name="span">The span, in the unit of the schema.</param>
    /// <param name="most">Most bars.</param>
    /// <param name="perMillisecond">Units in a millisecond.</param>
    public static ulong For(ulong span, int most, long perMillisecond)
    {
        // The first bar can begin before the span, so that it begins at a round time.
        var least = (span / (ulong)Math.Max(1, most - 1)) + 1;
        foreach (var step in s_round)
        {
            if (step * (ulong)perMillisecond is var units && units >= least)
                return units;
        }
        return least;
    }

    /// <summary>A length for people, such as <c>15 min</c> or <c>1 d 2 h</c>.</summary>
    /// <param name="length">The length, in the unit of the schema.</param>
    /// <param name="perMillisecond">Units in a millisecond.</param>
    public static string Text(ulong length, long perMillisecond)
    {
        var milliseconds = length / (ulong)perMillisecond;
        if (milliseconds < Second)
            return Number(milliseconds, "ms");
        if (milliseconds < Minute)
            return milliseconds % Second == 0
                ? Number(milliseconds / Second, "s")
                : (milliseconds / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + " s";
        var (large, small) = milliseconds switch
        {
            < Hour => (Number(milliseconds / Minute, "min"), Number(milliseconds % Minute / Second, "s")),
            < Day => (Number(milliseconds / Hour, "h"), Number(milliseconds % Hour / Minute, "min")),
            _ => (Number(milliseconds / Day, "d"), Number(milliseconds % Day / Hour, "h")),
        };
        return small.StartsWith("0 ", StringComparison.Ordinal) ? large : $"{large} {small}";
    }

    private static string Number(ulong number, string unit) => number.ToString("N0", CultureInfo.InvariantCulture) + " " + unit;
}
