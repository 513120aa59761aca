using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging;

/// <summary>What the server says of a job: what <c>Get-QueryJob</c> and <c>Wait-QueryJob</c> emit.</summary>
public sealed class QueryJobStatus
{
    internal QueryJobStatus(QueryJob job, string repository, QueryResult? result)
    {
        var metadata = result?.Metadata ?? new QueryMetadata();
        Job = job;
        Repository = repository;
        State = result switch
        {
            null => "Gone",
            { Cancelled: true } => "Cancelled",
            _ when job.IsLive => "Live",
            { Done: true } => "Done",
            _ => "Running",
        };
        Query = job.Query ?? metadata.FilterQuery;
        EventCount = metadata.EventCount;
        HasMoreEvents = metadata.HasMoreEvents;
        IsAggregate = metadata.IsAggregate;
        Progress = result?.Done == true ? 100 : metadata.Progress * 100;
        RangeStart = EpochTime.Utc(metadata.QueryStart);
        RangeEnd = EpochTime.Utc(metadata.QueryEnd);
        ProcessedEvents = metadata.ProcessedEvents;
        ProcessedBytes = metadata.ProcessedBytes;
        BufferSize = metadata.ResultBufferSize;
        Runtime = metadata.Runtime;
        PollAfter = metadata.PollAfter;
        Warnings = (string[])[.. metadata.Warnings];
        TraceId = result?.TraceId;
    }

    /// <summary>The job.</summary>
    public QueryJob Job { get; }

    /// <summary>Id of the job.</summary>
    public string Id => Job.Id;

    /// <summary><c>Running</c>, <c>Live</c>, <c>Done</c>, <c>Cancelled</c>, or <c>Gone</c> when the server does not know it any more.</summary>
    public string State { get; }

    /// <summary>The query; for a job that this session did not make, its filter part as the server states it.</summary>
    public string? Query { get; }

    /// <summary>Repository or view.</summary>
    public string Repository { get; }

    /// <summary>Rows in the result buffer so far. Not how many match: see <see cref="HasMoreEvents"/>.</summary>
    public long? EventCount { get; }

    /// <summary>True when more match than the buffer holds; null when the server does not say, as for aggregates.</summary>
    public bool? HasMoreEvents { get; }

    /// <summary>True when the query makes rows of its own instead of handing out events.</summary>
    public bool IsAggregate { get; }

    /// <summary>Per cent of the work done; null when the server does not say.</summary>
    public double? Progress { get; }

    /// <summary>Absolute start of the range, by the server's clock.</summary>
    public DateTimeOffset? RangeStart { get; }

    /// <summary>Absolute end of the range, by the server's clock.</summary>
    public DateTimeOffset? RangeEnd { get; }

    /// <summary>Events that the server has looked at, or found: it differs between versions. No proof of anything.</summary>
    public long? ProcessedEvents { get; }

    /// <summary>Bytes that the server has looked at.</summary>
    public long? ProcessedBytes { get; }

    /// <summary>How many rows the result can hold.</summary>
    public long? BufferSize { get; }

    /// <summary>How long the query has run.</summary>
    public TimeSpan? Runtime { get; }

    /// <summary>How long the server asks to wait before the next poll; without meaning once the job is done.</summary>
    public TimeSpan? PollAfter { get; }

    /// <summary>Warnings of the server.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Trace id of the answer.</summary>
    public string? TraceId { get; }

    /// <summary>Id and state.</summary>
    public override string ToString() => $"{Id} ({State})";
}
