namespace LogScalePaging.Simulator.Query;

/// <summary>The <c>around</c> part of a job: the numbers of events before (older) and after (newer) an anchor.</summary>
internal sealed record Around(string EventId, long Timestamp, int Before, int After);
