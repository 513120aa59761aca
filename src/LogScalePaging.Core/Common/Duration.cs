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
        @"^(?:(?<d>\d{1,5})\.)?(?<h>\d{1,6}):(?<m>[0-5]\d)(?::(?<s>[0-5]\d))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly Regex s_units = new(
        @"^(?:(?<d>\d{1,5})\s*d(?:ays?)?)?\s*(?:(?<h>\d{1,6})\s*h(?:(?:ou)?rs?)?)?\s*(?:(?<m>\d{1,8})\s*m(?:in(?:ute)?s?)?)?\s*(?:(?<s>\d{1,9})\s*s(?:ec(?:ond)?s?)?)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>Reads the text. A number without a unit is not accepted, because it can mean seconds, minutes or days.</summary>
    /// <exception cref="FormatException">It is not a length of time. The message shows valid forms.</exception>
    public static TimeSpan Parse(string text)
    {
        var trimmed = text.Trim();
        var match = s_clock.Match(trimmed) is { Success: true } clock ? clock : s_units.Match(trimmed);
        if (trimmed.Length == 0 || !match.Success)
            throw new FormatException($"'{Printable.Line(trimmed)}' is not a length of time. {Forms}.");
        return TimeSpan.FromDays(Number("d")) + TimeSpan.FromHours(Number("h")) + TimeSpan.FromMinutes(Number("m")) + TimeSpan.FromSeconds(Number("s"));

        int Number(string unit) => match.Groups[unit] is { Success: true } found ? int.Parse(found.Value, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The time as text, in its largest units: <c>2h45m</c>, <c>30s</c>.</summary>
    public static string Text(TimeSpan span)
    {
        var parts = new[] { (span.Days, "d"), (span.Hours, "h"), (span.Minutes, "m"), (span.Seconds, "s") }.Where(p => p.Item1 > 0);
        var text = string.Concat(parts.Select(p => FormattableString.Invariant($"{p.Item1}{p.Item2}")));
        return text.Length > 0 ? text : FormattableString.Invariant($"{span.TotalMilliseconds:0}ms");
    }
}
