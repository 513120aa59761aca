using LogScalePaging.Records;

namespace LogScalePaging;

/// <summary>Times of the server for scripts.</summary>
internal static class EpochTime
{
    private static readonly long s_first = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Epoch milliseconds as a time in UTC; null for null, and for times outside the calendar.</summary>
    public static DateTimeOffset? Utc(long? milliseconds) =>
        milliseconds is { } at && at >= s_first && at <= s_last ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>A time of a search's range, which is in nanoseconds when the times of the records are finer than milliseconds.</summary>
    public static DateTimeOffset? Utc(long? time, TimeUnit unit) => unit == TimeUnit.Milliseconds || time is not { } nanoseconds
        ? Utc(time)
        // A tick is 100 ns.
        : new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(nanoseconds / 100);
}
