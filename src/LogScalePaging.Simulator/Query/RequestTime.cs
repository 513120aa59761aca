using System.Globalization;
using System.Text.RegularExpressions;

namespace LogScalePaging.Simulator.Query;

/// <summary>Parses times of the API: <c>now</c>, <c>15m</c>, <c>24hours</c>, <c>7 days</c>, <c>1d@d</c>, epoch milliseconds.</summary>
internal static class RequestTime
{
    private static readonly Regex Relative = new(@"^\s*(\d+)\s*([a-z]+)(?:\s*@\s*([a-z]+))?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, long> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ms"] = 1,
        ["millis"] = 1,
        ["milliseconds"] = 1,
        ["s"] = 1_000,
        ["sec"] = 1_000,
        ["second"] = 1_000,
        ["seconds"] = 1_000,
        ["m"] = 60_000,
        ["min"] = 60_000,
        ["minute"] = 60_000,
        ["minutes"] = 60_000,
        ["h"] = 3_600_000,
        ["hour"] = 3_600_000,
        ["hours"] = 3_600_000,
        ["d"] = 86_400_000,
        ["day"] = 86_400_000,
        ["days"] = 86_400_000,
        ["w"] = 604_800_000,
        ["week"] = 604_800_000,
        ["weeks"] = 604_800_000,
        ["mon"] = 2_592_000_000,
        ["month"] = 2_592_000_000,
        ["months"] = 2_592_000_000,
        ["y"] = 31_536_000_000,
        ["year"] = 31_536_000_000,
        ["years"] = 31_536_000_000,
    };

    public static bool TryPoint(string text, long nowMs, out long time)
    {
        time = nowMs;
        if (text.Trim().Equals("now", StringComparison.OrdinalIgnoreCase))
            return true;
        if (long.TryParse(text.Trim(), NumberStyles.Integer, CultureInfo.InvariantCulture, out time))
            return true;
        var match = Relative.Match(text);
        if (!match.Success || !TrySpan(match, out var span))
            return false;
        time = nowMs - span;
        if (!match.Groups[3].Success)
            return true;
        if (!Units.TryGetValue(match.Groups[3].Value, out var unit))
            return false;
        time -= time % unit;
        return true;
    }

    /// <summary>Parses a duration such as <c>1h</c>, for <c>span</c> of <c>bucket</c>.</summary>
    public static bool TrySpan(string text, out long milliseconds)
    {
        milliseconds = 0;
        var match = Relative.Match(text);
        return match.Success && !match.Groups[3].Success && TrySpan(match, out milliseconds) && milliseconds > 0;
    }

    private static bool TrySpan(Match match, out long span)
    {
        span = 0;
        if (!Units.TryGetValue(match.Groups[2].Value, out var unit)
            || !long.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count > long.MaxValue / unit / 2)
        {
            return false;
        }
        span = count * unit;
        return true;
    }
}
