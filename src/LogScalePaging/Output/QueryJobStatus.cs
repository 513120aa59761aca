using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging;

/// <summary>The state of a job on the server: the output of <c>Get-QueryJob</c> and <c>Wait-QueryJob</c>.</summary>
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

    /// <summary><c>Running</c>, <c>Live</c>, <c>Done</c>, <c>Cancelled</c>, or <c>Gone</c> if the server no longer knows it.</summary>
    public string State { get; }

    /// <summary>The query; for a job of another session, its filter part from the server.</summary>
    public string? Query { get; }

    /// <summary>Repository or view.</summary>
    public string Repository { get; }

    /// <summary>Rows in the result buffer so far. It is not the number of matching events: see <see cref="HasMoreEvents"/>.</summary>
    public long? EventCount { get; }

    /// <summary>True if more events match than the buffer holds; null if the server does not send it, as for aggregates.</summary>
    public bool? HasMoreEvents { get; }

    /// <summary>True if the query makes its own rows instead of returning events.</summary>
    public bool IsAggregate { get; }

    /// <summary>Per cent of the work done; null if the server does not send it.</summary>
    public double? Progress { get; }

    /// <summary>Absolute start of the range, by the server's clock.</summary>
    public DateTimeOffset? RangeStart { get; }

    /// <summary>Absolute end of the range, by the server's clock.</summary>
    public DateTimeOffset? RangeEnd { get; }

    /// <summary>Events that the server has scanned, or found, depending on its version. It proves nothing.</summary>
    public long? ProcessedEvents { get; }

    /// <summary>Bytes that the server has scanned.</summary>
    public long? ProcessedBytes { get; }

    /// <summary>How many rows the result can hold.</summary>
    public long? BufferSize { get; }

    /// <summary>How long the query has run.</summary>
    public TimeSpan? Runtime { get; }

    /// <summary>How long the server asks to wait before the next poll. It has no meaning after the job is done.</summary>
    public TimeSpan? PollAfter { get; }

    /// <summary>Warnings of the server.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Trace id of the answer.</summary>
    public string? TraceId { get; }

    /// <summary>Id and state.</summary>
    public override string ToString() => $"{Id} ({State})";
}
