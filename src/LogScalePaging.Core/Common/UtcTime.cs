using System.Globalization;

namespace LogScalePaging.Common;

/// <summary>Times of servers as text for messages and files.</summary>
internal static class UtcTime
{
    /// <summary>Epoch milliseconds as an ISO 8601 time in UTC.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is before year 1 or after year 9999.</exception>
    public static string Iso(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
