using System.Globalization;
using System.Text.RegularExpressions;

namespace LogScalePaging.LogScale.Queries;

/// <summary>
/// How long ago a relative time is. The server decides how long a month is. So there is a shortest and a longest value, and only
/// statements that hold for both are certain.
/// </summary>
internal readonly struct RelativeTime
{
    private const double Day = 86_400_000;

    private static readonly Regex s_ago = new(@"^(?:now\s*-\s*)?(\d+)\s*([a-z]+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private RelativeTime(double shortest, double longest) => (Shortest, Longest) = (shortest, longest);

    /// <summary>Milliseconds before now, with the shortest possible months and years.</summary>
    public double Shortest { get; }

    /// <summary>Milliseconds before now, with the longest possible months and years.</summary>
    public double Longest { get; }

    /// <summary>Reads text that <see cref="QueryTime"/> has accepted.</summary>
    /// <returns>Null for times that only the server knows, such as <c>1d@d</c>, whose day depends on a time zone.</returns>
    public static RelativeTime? Read(string text)
    {
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase))
            return new RelativeTime(0, 0);
        var match = s_ago.Match(text);
        // A double, so that a number with thirty digits does not overflow.
        return match.Success && Unit(match.Groups[2].Value.ToLowerInvariant()) is { } unit
            ? Times(double.Parse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture), unit)
            : null;
    }

    private static RelativeTime Times(double count, (double Shortest, double Longest) unit) =>
        new(count * unit.Shortest, count * unit.Longest);

    private static (double Shortest, double Longest)? Unit(string name) => name switch
    {
        "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => (1, 1),
        "s" or "sec" or "secs" or "second" or "seconds" => (1_000, 1_000),
        "m" or "min" or "mins" or "minute" or "minutes" => (60_000, 60_000),
        "h" or "hr" or "hrs" or "hour" or "hours" => (3_600_000, 3_600_000),
        "d" or "day" or "days" => (Day, Day),
        "w" or "week" or "weeks" => (7 * Day, 7 * Day),
        "mon" or "month" or "months" => (28 * Day, 31 * Day),
        "q" or "quarter" or "quarters" => (89 * Day, 93 * Day),
        "y" or "yr" or "yrs" or "year" or "years" => (365 * Day, 366 * Day),
        _ => null,
    };
}
