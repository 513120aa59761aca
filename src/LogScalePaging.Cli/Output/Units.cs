using System.Globalization;
using LogScalePaging.Common;

namespace LogScalePaging.Cli.Output;

/// <summary>Numbers for people, in the same form in every country.</summary>
internal static class Units
{
    /// <summary>12,345</summary>
    public static string Count(long count) => Counted.Number(count);

    /// <summary>12,345 events; 1 event</summary>
    public static string Count(long count, string what) => Counted.Of(count, what);

    /// <summary>3.1 MB</summary>
    public static string Bytes(long bytes) => ByteSize.Text(bytes);

    /// <summary>0.48 s, 12.3 s, 4 min 05 s, 2 h 10 min</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => $"{span.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s",
        { TotalSeconds: < 59.95 } => $"{span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        _ => RoughSpan(span),
    };

    /// <summary>The same in whole seconds, for estimated or round values: 12 s, 4 min 05 s, 2 h, 3 d 04 h</summary>
    public static string RoughSpan(TimeSpan span)
    {
        var whole = TimeSpan.FromSeconds(Math.Round(span.TotalSeconds));
        var (large, small) = whole switch
        {
            { TotalMinutes: < 1 } => ($"{whole.Seconds} s", ""),
            { TotalHours: < 1 } => ($"{whole.Minutes} min", Rest(whole.Seconds, "s")),
            { TotalDays: < 1 } => ($"{whole.Hours} h", Rest(whole.Minutes, "min")),
            _ => (FormattableString.Invariant($"{(int)whole.TotalDays} d"), Rest(whole.Hours, "h")),
        };
        return large + small;
    }

    private static string Rest(int number, string unit) => number == 0 ? "" : FormattableString.Invariant($" {number:00} {unit}");
}
