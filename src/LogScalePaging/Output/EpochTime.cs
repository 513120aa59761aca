namespace LogScalePaging;

/// <summary>Times of the server as a script wants them.</summary>
internal static class EpochTime
{
    /// <summary>Epoch milliseconds as a time in UTC; null for null.</summary>
    public static DateTimeOffset? Utc(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
