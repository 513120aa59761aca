using System.Globalization;

namespace LogScalePaging.Common;

/// <summary>Times of servers as text for messages and files.</summary>
internal static class UtcTime
{
    /// <summary>Whether epoch milliseconds are within the years 1 to 9999, so that they can be written as a time.</summary>
    public static bool IsValid(long milliseconds) => milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999;

    /// <summary>Epoch milliseconds as an ISO 8601 time in UTC.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is before year 1 or after year 9999.</exception>
    public static string Iso(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
