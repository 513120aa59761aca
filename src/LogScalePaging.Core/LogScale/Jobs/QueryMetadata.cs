namespace LogScalePaging.LogScale.Jobs;

/// <summary>The <c>metaData</c> of a poll answer. What a server does not send is null.</summary>
public sealed record QueryMetadata
{
    /// <summary>Rows in the result so far.</summary>
    public long? EventCount { get; init; }

    /// <summary>Whether the buffer holds less than all that matches; absent on aggregates.</summary>
    public bool? HasMoreEvents { get; init; }

    /// <summary>True when the query makes rows of its own instead of handing out events.</summary>
    public bool IsAggregate { get; init; }

    /// <summary>How long the server asks to wait before the next poll. It stays large after the job is done: ignore it then.</summary>
    public TimeSpan? PollAfter { get; init; }

    /// <summary>Events that the server has looked at, or found: sources disagree. Never proof of completeness.</summary>
    public long? ProcessedEvents { get; init; }

    /// <summary>Bytes that the server has looked at.</summary>
    public long? ProcessedBytes { get; init; }

    /// <summary>Absolute start of the range, epoch milliseconds, as the server says it: it may lie outside the calendar.</summary>
    public long? QueryStart { get; init; }

    /// <summary>Absolute end of the range, epoch milliseconds, as the server says it: it may lie outside the calendar.</summary>
    public long? QueryEnd { get; init; }

    /// <summary>The query as the server runs it.</summary>
    public string? FilterQuery { get; init; }

    /// <summary>How many rows the result can hold.</summary>
    public long? ResultBufferSize { get; init; }

    /// <summary>How long the query has run.</summary>
    public TimeSpan? Runtime { get; init; }

    /// <summary>Units of work in all.</summary>
    public long? TotalWork { get; init; }

    /// <summary>Units of work done.</summary>
    public long? WorkDone { get; init; }

    /// <summary>Columns of an aggregate in their order, where the server states it.</summary>
    public IReadOnlyList<string>? FieldOrder { get; init; }

    /// <summary>Warnings of the server, each as one sentence.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>True when the query sets its own time range: then it must never be sliced.</summary>
    public bool TimeSettingsOverwritten { get; init; }

    /// <summary>Part of the work that is done, 0 to 1; null when the server does not say.</summary>
    public double? Progress => TotalWork is > 0 && WorkDone is { } done ? Math.Min(1.0, (double)done / TotalWork.Value) : null;
}
