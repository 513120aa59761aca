namespace LogScalePaging.Simulator;

/// <summary>A query job that was created, alive or not. Its counters change while it lives.</summary>
public sealed class JobRecord
{
    internal JobRecord(string id, string queryString, DateTimeOffset created)
        => (Id, QueryString, Created) = (id, queryString, created);

    public string Id { get; }

    /// <summary>The query as it was sent.</summary>
    public string QueryString { get; }

    /// <summary>The server's clock when the job was created.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>Start of the range, epoch milliseconds, inclusive. For a live job: at its creation.</summary>
    public long StartMs { get; internal set; }

    /// <summary>End of the range, epoch milliseconds.</summary>
    public long EndMs { get; internal set; }

    public bool IsLive { get; internal set; }

    /// <summary>Whether the job was created with <c>around</c>.</summary>
    public bool IsAround { get; internal set; }

    /// <summary>The anchor of an <c>around</c> job; null on other jobs.</summary>
    public string? AroundEventId { get; internal set; }

    /// <summary>1 for the first job of this query, range and anchor; 2 for the second.</summary>
    public int Ask { get; internal set; } = 1;

    /// <summary>The answer of a <c>count()</c> job, right or wrong; null for other jobs, and until it is polled.</summary>
    public long? Counted { get; internal set; }

    public int Polls { get; internal set; }

    public int Heartbeats { get; internal set; }

    public bool IsDeleted { get; internal set; }

    /// <summary>Whether the job expired without a poll, or by a fault or <see cref="LogScaleSimulator.ExpireAllJobs"/>.</summary>
    public bool IsExpired { get; internal set; }

    public override string ToString() => $"{Id} {QueryString} {StartMs}..{EndMs}{(IsDeleted ? " deleted" : IsExpired ? " expired" : "")}";
}
