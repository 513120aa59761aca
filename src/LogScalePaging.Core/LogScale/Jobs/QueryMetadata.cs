namespace LogScalePaging.LogScale.Jobs;

/// <summary>The <c>metaData</c> of a poll answer. Values that the server does not send are null.</summary>
public sealed record QueryMetadata
{
    /// <summary>Rows in the result so far.</summary>
    public long? EventCount { get; init; }

    /// <summary>Whether more events match than the buffer holds; not sent for aggregates.</summary>
    public bool? HasMoreEvents { get; init; }

    /// <summary>True if the query makes its own rows instead of returning events.</summary>
    public bool IsAggregate { get; init; }

    /// <summary>How long the server asks to wait before the next poll. It stays large after the job is done. Ignore it then.</summary>
    public TimeSpan? PollAfter { get; init; }

    /// <summary>Events that the server has scanned, or found: sources disagree. It is never proof of completeness.</summary>
    public long? ProcessedEvents { get; init; }

    /// <summary>Bytes that the server has scanned.</summary>
    public long? ProcessedBytes { get; init; }

    /// <summary>Absolute start of the range, epoch milliseconds, as the server sent it. It may be outside the calendar.</summary>
    public long? QueryStart { get; init; }

    /// <summary>Absolute end of the range, epoch milliseconds, as the server sent it. It may be outside the calendar.</summary>
    public long? QueryEnd { get; init; }

    /// <summary>The query as the server runs it.</summary>
    public string? FilterQuery { get; init; }

    /// <summary>How many rows the result can hold.</summary>
    public long? ResultBufferSize { get; init; }

    /// <summary>How long the query has run.</summary>
    public TimeSpan? Runtime { get; init; }

    /// <summary>Total units of work.</summary>
    public long? TotalWork { get; init; }

    /// <summary>Units of work done.</summary>
    public long? WorkDone { get; init; }

    /// <summary>Columns of an aggregate in their order, if the server sends them.</summary>
    public IReadOnlyList<string>? FieldOrder { get; init; }

    /// <summary>Warnings of the server, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>True if the query sets its own time range. It must then never be cut.</summary>
    public bool TimeSettingsOverwritten { get; init; }

    /// <summary>How long the server takes at most to make an ingested event searchable (<c>digestFlow</c>).</summary>
    public TimeSpan? IngestLag { get; init; }

    /// <summary>Epoch milliseconds up to which the server knows that all ingested events are searchable (<c>digestFlow</c>).</summary>
    public long? IngestKnownGood { get; init; }

    /// <summary>Part of the work that is done, 0 to 1; null if the server does not send it.</summary>
    public double? Progress => TotalWork is > 0 && WorkDone is { } done ? Math.Min(1.0, (double)done / TotalWork.Value) : null;
}
