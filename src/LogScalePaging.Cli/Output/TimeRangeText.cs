using System.Globalization;

namespace LogScalePaging.Cli.Output;

/// <summary>A time range for people: in UTC and in local time.</summary>
internal static class TimeRangeText
{
    // The years of the calendar. A server may send other numbers.
    private const long First = -62_135_596_800_000;
    private const long Last = 253_402_300_799_999;

    /// <summary>2026-05-01 08:00:00.000 to 09:00:00.000 UTC (1 h 00 min)</summary>
    public static string? Utc(long? start, long? end) =>
        Times(start, end) is var (from, to) ? $"{Text(from, to, "HH:mm:ss.fff")} UTC ({Units.RoughSpan(to - from)})" : null;

    /// <summary>The same in local time; null if that is UTC.</summary>
    public static string? Local(long? start, long? end, TimeZoneInfo zone)
    {
        if (Times(start, end) is not var (from, to))
            return null;
        (from, to) = (TimeZoneInfo.ConvertTime(from, zone), TimeZoneInfo.ConvertTime(to, zone));
        if (from.Offset == TimeSpan.Zero && to.Offset == TimeSpan.Zero)
            return null;
        var offset = from.Offset == to.Offset ? Offset(to) : $"{Offset(from)}, then {Offset(to)}";
        return $"{Text(from, to, "HH:mm:ss")} local time ({offset})";
    }

    private static (DateTimeOffset From, DateTimeOffset To)? Times(long? start, long? end) =>
        start is >= First and <= Last && end is >= First and <= Last
            ? (DateTimeOffset.FromUnixTimeMilliseconds(start.Value), DateTimeOffset.FromUnixTimeMilliseconds(end.Value))
            : null;

    private static string Text(DateTimeOffset from, DateTimeOffset to, string time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{from.ToString("yyyy-MM-dd " + time, CultureInfo.InvariantCulture)} to {to.ToString(from.Date == to.Date ? time : "yyyy-MM-dd " + time, CultureInfo.InvariantCulture)}");

    private static string Offset(DateTimeOffset time) => time.ToString("zzz", CultureInfo.InvariantCulture);
}
