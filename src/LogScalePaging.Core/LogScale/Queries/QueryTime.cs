using System.Globalization;
using System.Text.RegularExpressions;
using LogScalePaging.Common;

namespace LogScalePaging.LogScale.Queries;

/// <summary>
/// Start or end of a time range as LogScale accepts it: epoch milliseconds, or text relative to the server's clock such as <c>15m</c>,
/// <c>24hours</c>, <c>7 days</c> or <c>now</c>.
/// </summary>
public sealed class QueryTime : IEquatable<QueryTime>
{
    // 2001-09-09 in milliseconds. A smaller number with ten digits is an epoch in seconds.
    private const long SmallestLikelyMilliseconds = 1_000_000_000_000;
    private static readonly Regex s_relative = new(
        @"^(now|(now\s*-\s*)?\d+\s*(ms|millis|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mon|months?|q|quarters?|y|yrs?|years?))\s*(@\s*[a-z]+)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // .NET reads it as a length of time. Most people who write it mean a time of day.
    private static readonly Regex s_clock = new(@"^\d{1,2}:\d{2}$", RegexOptions.CultureInvariant);

    // ISO 8601, or a space instead of the T, as RFC 3339 allows. Other forms are refused, because 01/02/2026 can be January or February.
    private static readonly string[] s_iso =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK",
        "yyyy-MM-dd HH:mm:ssK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyyMMdd'T'HHmmK", "yyyyMMdd'T'HHmmssK", "yyyyMMdd'T'HHmmss.FFFFFFFK",
    ];

    private QueryTime(long? milliseconds, string? relative)
    {
        Milliseconds = milliseconds;
        Relative = relative;
    }

    /// <summary>Now, by the server's clock.</summary>
    public static QueryTime Now { get; } = new(null, "now");

    /// <summary>Epoch milliseconds; null if the time is relative.</summary>
    public long? Milliseconds { get; }

    /// <summary>Text relative to the server's clock; null if the time is absolute.</summary>
    public string? Relative { get; }

    /// <summary>An absolute time.</summary>
    public static QueryTime At(long milliseconds) => new(milliseconds, null);

    /// <summary>An absolute time.</summary>
    public static QueryTime At(DateTimeOffset time) => At(time.ToUnixTimeMilliseconds());

    /// <summary>A time before now.</summary>
    public static QueryTime Ago(TimeSpan span) => new(null, FormattableString.Invariant($"{(long)Math.Abs(span.TotalMilliseconds)}ms"));

    /// <summary>
    /// Parses what users write: relative text, a duration such as <c>01:00:00</c>, epoch milliseconds, or ISO 8601 (without an offset:
    /// local time).
    /// </summary>
    /// <exception cref="FormatException">The text is none of these. The message shows valid forms.</exception>
    public static QueryTime Parse(string text)
    {
        var trimmed = (text ?? "").Trim();
        if (long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return FromNumber(number);
        if (s_relative.IsMatch(trimmed))
            return new QueryTime(null, trimmed);
        if (s_clock.IsMatch(trimmed))
            throw new FormatException($"'{trimmed}' can be a time of day or a length of time. Write a time of day with its date "
                + "(2026-05-01T08:00), and a length of time with its unit (8h, 90m).");
        // The text of a TimeSpan means the same as the TimeSpan.
        if (TimeSpan.TryParseExact(trimmed, "c", CultureInfo.InvariantCulture, out var span))
            return Ago(span);
        if (DateTimeOffset.TryParseExact(trimmed, s_iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time))
            return At(time);
        if (trimmed.StartsWith("-", StringComparison.Ordinal) && s_relative.IsMatch(trimmed.Substring(1).TrimStart()))
            throw new FormatException(
                $"'{Printable.Line(trimmed)}' is not a time. Relative times count back from now without a sign: "
                    + $"write {Printable.Line(trimmed.Substring(1).TrimStart())}.");
        throw new FormatException(
            $"'{Printable.Line(trimmed)}' is not a time. Write it relative to now (15m, 24hours, 7d, now), as epoch milliseconds "
                + $"(1718000000000), or in ISO 8601 (2026-05-01, 2026-05-01T08:00, 2026-05-01T08:00:00Z).");
    }

    /// <summary>Checks that a range ends after its start, as far as this is known without the server.</summary>
    /// <param name="start">Its start.</param>
    /// <param name="end">Its end.</param>
    /// <param name="time">
    /// This machine's clock, for comparing a relative time with an absolute one; null to leave such ranges to the server.
    /// </param>
    /// <exception cref="ArgumentException">The start is not before the end. The message names both.</exception>
    public static void EnsureRange(QueryTime start, QueryTime end, TimeProvider? time = null)
    {
        if (QueryRange.WhyEmpty(start, end, time) is { } why)
            throw new ArgumentException(why);
    }

    /// <inheritdoc/>
    public bool Equals(QueryTime? other) => other is not null && other.Milliseconds == Milliseconds && other.Relative == Relative;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as QueryTime);

    /// <inheritdoc/>
    public override int GetHashCode() => Milliseconds?.GetHashCode() ?? StringComparer.Ordinal.GetHashCode(Relative!);

    /// <summary>The relative text, or the absolute time in ISO 8601.</summary>
    public override string ToString() => Relative ?? UtcTime.Iso(Milliseconds!.Value);

    private static QueryTime FromNumber(long number) => number switch
    {
        // 0 means "from the beginning".
        0 => At(0),
        < SmallestLikelyMilliseconds and >= SmallestLikelyMilliseconds / 1000 =>
            throw new FormatException($"{number} looks like epoch seconds. LogScale uses milliseconds: {number}000."),
        // As milliseconds, these numbers are in the first days of 1970. All data of the server would be searched.
        < SmallestLikelyMilliseconds / 1000 =>
            throw new FormatException($"{number} has no unit. Write {number}m, {number}h or {number}d. Epoch milliseconds have 13 digits."),
        > 253_402_300_799_999 => throw new FormatException($"{number} is after the year 9999. LogScale uses epoch milliseconds."),
        _ => At(number),
    };
}
