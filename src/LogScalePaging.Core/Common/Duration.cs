using System.Globalization;
using System.Text.RegularExpressions;

namespace LogScalePaging.Common;

/// <summary>A length of time as people write it: <c>2h45m</c>, <c>90m</c>, <c>1d 12h</c> or <c>2:45:00</c>.</summary>
internal static class Duration
{
    /// <summary>Valid forms, for messages.</summary>
    public const string Forms = "Write it as 2h45m, 90m, 30s or 2:45:00";

    // TimeSpan.Parse reads 30:00:00 as 30 days.
    private static readonly Regex s_clock = new(
        @"^(?:(?<d>\d{1,5})\.)?(?<h>\d{1,6}):(?<m>[0-5]\d)(?::(?<s>[0-5]\d))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly Regex s_parts = new(
        @"^((?<n>\d{1,9})\s*(?<u>[a-z]+)\s*)+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>Reads the text. A number without a unit is not accepted, because it can mean seconds, minutes or days.</summary>
    /// <exception cref="FormatException">It is not a length of time. The message shows valid forms.</exception>
    public static TimeSpan Parse(string text)
    {
        var trimmed = text.Trim();
        return OfClock(s_clock.Match(trimmed)) ?? OfParts(s_parts.Match(trimmed))
            ?? throw new FormatException($"'{Printable.Line(trimmed)}' is not a length of time. {Forms}.");
    }

    /// <summary>The time as text, in its largest units: <c>2h45m</c>, <c>30s</c>.</summary>
    public static string Text(TimeSpan span)
    {
        var parts = new[] { (span.Days, "d"), (span.Hours, "h"), (span.Minutes, "m"), (span.Seconds, "s") }.Where(p => p.Item1 > 0);
        var text = string.Concat(parts.Select(p => FormattableString.Invariant($"{p.Item1}{p.Item2}")));
        return text.Length > 0 ? text : FormattableString.Invariant($"{span.TotalMilliseconds:0}ms");
    }

    private static TimeSpan? OfClock(Match match) => match.Success
        ? TimeSpan.FromDays(Number(match.Groups["d"])) + TimeSpan.FromHours(Number(match.Groups["h"]))
            + TimeSpan.FromMinutes(Number(match.Groups["m"])) + TimeSpan.FromSeconds(Number(match.Groups["s"]))
        : null;

    // Each unit is smaller than the one before it, so that 2m3h is not read as something that was not meant.
    private static TimeSpan? OfParts(Match match)
    {
        if (!match.Success)
            return null;
        var (sum, last) = (0.0, double.MaxValue);
        var (numbers, names) = (match.Groups["n"].Captures, match.Groups["u"].Captures);
        for (var i = 0; i < numbers.Count; i++)
        {
            if (Milliseconds(names[i].Value.ToLowerInvariant()) is not { } unit || unit >= last)
                return null;
            (sum, last) = (sum + (Number(numbers[i]) * unit), unit);
        }
        return TimeSpan.FromMilliseconds(Math.Min(sum, TimeSpan.FromDays(1_000_000).TotalMilliseconds));
    }

    private static double? Milliseconds(string unit) => unit switch
    {
        "ms" or "millis" or "millisecond" or "milliseconds" => 1,
        "s" or "sec" or "secs" or "second" or "seconds" => 1_000,
        "m" or "min" or "mins" or "minute" or "minutes" => 60_000,
        "h" or "hr" or "hrs" or "hour" or "hours" => 3_600_000,
        "d" or "day" or "days" => 86_400_000,
        "w" or "week" or "weeks" => 7 * 86_400_000.0,
        _ => null,
    };

    private static int Number(Capture digits) =>
        digits.Length == 0 ? 0 : int.Parse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture);
}
