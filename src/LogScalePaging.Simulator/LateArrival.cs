namespace LogScalePaging.Simulator;

/// <summary>ProcessRollup2 events that are ingested while a client is reading: old in <c>@timestamp</c>, new in <c>@ingesttimestamp</c>.</summary>
/// <param name="AfterJobs">They become visible right after this many jobs were created (1-based); the job that triggers them does not see them.</param>
/// <param name="Ago">How long before the server's clock their <c>@timestamp</c> lies.</param>
/// <param name="Count">How many events arrive, all in one millisecond.</param>
public sealed record LateArrival(int AfterJobs, TimeSpan Ago, int Count)
{
    /// <summary>If above zero, used in place of <see cref="AfterJobs"/>: visible after this many requests of any kind.</summary>
    public int AfterRequests { get; init; }
}
