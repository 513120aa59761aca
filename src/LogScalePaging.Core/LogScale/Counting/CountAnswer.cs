namespace LogScalePaging.LogScale.Counting;

/// <summary>What the server counted.</summary>
/// <param name="Count">Events.</param>
/// <param name="At">The server's clock when it answered, to the second; null when it did not say.</param>
internal sealed record CountAnswer(long Count, DateTimeOffset? At)
{
    /// <summary>Epoch milliseconds from which an ingested event cannot have been counted. The Date header cuts off up to a second.</summary>
    public long? LateFrom => At?.ToUnixTimeMilliseconds() + 1000;
}
