using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.Export.State;

/// <summary>One complete part of an export on disk: ndjson in the server's own bytes, flushed and then renamed.</summary>
public sealed record PartRecord
{
    /// <summary>File name below the <c>.partial</c> folder.</summary>
    public required string File { get; init; }

    /// <summary>Events in it.</summary>
    public required long Rows { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>
    /// Lower-case hexadecimal SHA-256 of the file; null if it has an <see cref="XxHash128"/>. Layouts before 4 always have it.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>Lower-case hexadecimal XXH128 of the file, which detects damage; null if it has a <see cref="Sha256"/>.</summary>
    public string? XxHash128 { get; init; }

    /// <summary>Time of its newest record, if known, in the unit of the schema.</summary>
    public long? Newest { get; init; }

    /// <summary>Time of its oldest record, if known, in the unit of the schema.</summary>
    public long? Oldest { get; init; }

    /// <summary>
    /// True if its records are in the order of the schema, or newest first if that is <see cref="RecordOrder.AsSent"/>. Records without a
    /// time are ignored.
    /// </summary>
    public bool Ordered { get; init; } = true;

    /// <summary>True if it is valid UTF-8; null in a checkpoint of an older version, which did not check.</summary>
    public bool? IsUtf8 { get; init; }

    /// <summary>
    /// Repeated events dropped while it was written. They are subtracted from the export's number if the part is dropped.
    /// </summary>
    public long Duplicates { get; init; }

    /// <summary>Its events that were certainly ingested after the range was counted. They must not hide missing ones.</summary>
    public long Late { get; init; }

    /// <summary>Its events that may have been ingested after the range was counted, including <see cref="Late"/>.</summary>
    public long PossiblyLate { get; init; }

    /// <summary>Its events that share their id and time with another event but differ from it in other bytes.</summary>
    public long RepeatedIds { get; init; }

    /// <summary>Its events without an id.</summary>
    public long WithoutId { get; init; }

    /// <summary>Its events whose time is outside the range, although the query does not write it.</summary>
    public long OutsideRange { get; init; }

    /// <summary>Observations about its events.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public RowNotes Notes => new(Late, Math.Max(Late, PossiblyLate), RepeatedIds, WithoutId, OutsideRange);

    /// <summary>The position after this part; null if the lane ends with it.</summary>
    public Checkpoint? Next { get; init; }
}
