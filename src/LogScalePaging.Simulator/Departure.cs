namespace LogScalePaging.Simulator;

/// <summary>The oldest events are deleted while a client reads, as the retention of a repository does.</summary>
/// <param name="AfterJobs">
/// They are deleted right after this many jobs were created (from 1). The last of these jobs still sees them.
/// </param>
/// <param name="Count">How many events are deleted.</param>
public sealed record Departure(int AfterJobs, int Count);
