namespace LogScalePaging.Simulator;

/// <summary>
/// ProcessRollup2 events that are ingested while a client reads: an old <c>@timestamp</c> and a new <c>@ingesttimestamp</c>.
/// </summary>
/// <param name="AfterJobs">
/// They become visible right after this many jobs were created (from 1). The last of these jobs does not see them.
/// </param>
/// <param name="Ago">Their <c>@timestamp</c>, as a time before the server's clock.</param>
/// <param name="Count">How many events arrive, all in one millisecond.</param>
public sealed record LateArrival(int AfterJobs, TimeSpan Ago, int Count)
{
    /// <summary>If above zero, replaces <see cref="AfterJobs"/>: they become visible after this many requests of any kind.</summary>
    public int AfterRequests { get; init; }
}
