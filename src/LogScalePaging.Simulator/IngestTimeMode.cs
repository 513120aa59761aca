namespace LogScalePaging.Simulator;

/// <summary>What <c>useIngestTime</c>, <c>ingestStart</c> and <c>ingestEnd</c> of a create request do. No public source says it.</summary>
public enum IngestTimeMode
{
    /// <summary>Events must be in the range by their event time, and in the range of ingestion times by their ingestion time.</summary>
    Both,
    /// <summary>The server ignores all three.</summary>
    Ignored,
    /// <summary>The server refuses a request that has one of them, with 400.</summary>
    Refused,
    /// <summary>The range of ingestion times is applied to event times, too.</summary>
    AsEventTime,
    /// <summary>With the flag, the range of event times is also applied to ingestion times, and event times do not matter.</summary>
    RangeIsIngested,
    /// <summary>The range of event times does not matter if there is one of ingestion times.</summary>
    OnlyIngested,
}
