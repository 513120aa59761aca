using LogScalePaging.Diagnostics;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>One poll answer.</summary>
public sealed record QueryResult
{
    /// <summary>The job.</summary>
    public string JobId { get; init; } = "";

    /// <summary>True when the job was cancelled on the server: its events are not all.</summary>
    public bool Cancelled { get; init; }

    /// <summary>True when the query finished, which is not to say that all was delivered.</summary>
    public bool Done { get; init; }

    /// <summary>Events in the server's order, newest first for a filter query.</summary>
    public IReadOnlyList<EventRecord> Events { get; init; } = [];

    /// <summary>What else the answer says.</summary>
    public QueryMetadata Metadata { get; init; } = new();

    /// <summary>The server's clock when it answered, to the second.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The server's trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The rate limit as the answer stated it.</summary>
    public RateLimit? RateLimit { get; init; }
}
