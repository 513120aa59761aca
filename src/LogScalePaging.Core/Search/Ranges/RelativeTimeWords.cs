using System.Globalization;
using System.Text.RegularExpressions;
using LogScalePaging.Common;

namespace LogScalePaging.Search.Ranges;

/// <summary>
/// Makes relative times absolute, for systems whose requests must have an absolute range, so that the range cannot move between pages.
/// </summary>
internal static class RelativeTimeWords
{
    private static readonly Regex s_ago = new(@"^(?:now\s*-\s*)?(\d{1,8})\s*([a-z]+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The time that the text means.</summary>
    /// <param name="words"><c>now</c>, or a length of time before it: <c>15m</c>, <c>24hours</c>, <c>7 days</c>.</param>
    /// <param name="now">The clock.</param>
    /// <exception cref="ArgumentException">The text is not a time.</exception>
    public static DateTimeOffset Resolve(string words, DateTimeOffset now)
    {
        var text = words.Trim();
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase))
            return now;
        if (s_ago.Match(text) is not { Success: true } match)
            throw NotATime(words);
        var count = int.Parse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture);
        try
        {
            return Before(now, count, match.Groups[2].Value.ToLowerInvariant()) ?? throw NotATime(words);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new ArgumentException($"'{Printable.Line(words)}' is before the year 1.");
        }
    }

    private static DateTimeOffset? Before(DateTimeOffset now, int count, string unit) => unit switch
    {
        "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => now.AddMilliseconds(-count),
        "s" or "sec" or "secs" or "second" or "seconds" => now.AddSeconds(-count),
        "m" or "min" or "mins" or "minute" or "minutes" => now.AddMinutes(-count),
        "h" or "hr" or "hrs" or "hour" or "hours" => now.AddHours(-count),
        "d" or "day" or "days" => now.AddDays(-count),
        "w" or "week" or "weeks" => now.AddDays(-7.0 * count),
        "mon" or "month" or "months" => now.AddMonths(-count),
        "q" or "quarter" or "quarters" => now.AddMonths(-3 * count),
        "y" or "yr" or "yrs" or "year" or "years" => now.AddYears(-count),
        _ => null,
    };

    private static ArgumentException NotATime(string words) => new(
        $"'{Printable.Line(words)}' is not a relative time. Write it as 15m, 24hours, 7d or now.");
}
