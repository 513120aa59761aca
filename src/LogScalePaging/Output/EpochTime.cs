namespace LogScalePaging;

/// <summary>Times of the server for scripts.</summary>
internal static class EpochTime
{
    private static readonly long s_first = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Epoch milliseconds as a time in UTC; null for null, and for times outside the calendar.</summary>
    public static DateTimeOffset? Utc(long? milliseconds) =>
        milliseconds is { } at && at >= s_first && at <= s_last ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
