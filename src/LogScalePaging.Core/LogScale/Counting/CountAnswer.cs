namespace LogScalePaging.LogScale.Counting;

/// <summary>A count of the server.</summary>
/// <param name="Count">Events.</param>
/// <param name="At">The server's clock when it answered, to the second; null if it is not known.</param>
internal sealed record CountAnswer(long Count, DateTimeOffset? At)
{
    /// <summary>
    /// Epoch milliseconds from which an ingested event cannot be in the count. The Date header cuts off up to a second.
    /// </summary>
    public long? LateFrom => At?.ToUnixTimeMilliseconds() + 1000;
}
