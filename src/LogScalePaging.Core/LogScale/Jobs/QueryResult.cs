using LogScalePaging.Diagnostics;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>One poll answer.</summary>
public sealed record QueryResult
{
    /// <summary>The job.</summary>
    public string JobId { get; init; } = "";

    /// <summary>True if the job was cancelled on the server, so its events are not complete.</summary>
    public bool Cancelled { get; init; }

    /// <summary>True if the query finished. This does not mean that all events were sent.</summary>
    public bool Done { get; init; }

    /// <summary>Events in the server's order, newest first for a filter query.</summary>
    public IReadOnlyList<Record> Events { get; init; } = [];

    /// <summary>The metadata of the answer.</summary>
    public QueryMetadata Metadata { get; init; } = new();

    /// <summary>The server's clock when it answered, to the second.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The server's trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The rate limit from the headers of the answer.</summary>
    public RateLimit? RateLimit { get; init; }
}
