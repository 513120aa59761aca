using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Export.State;

/// <summary>One part of an export that is whole on disk: ndjson in the server's own bytes, flushed, then given its name.</summary>
public sealed record PartRecord
{
    /// <summary>File name below the <c>.partial</c> folder.</summary>
    public required string File { get; init; }

    /// <summary>Events in it.</summary>
    public required long Rows { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Time of its newest record, where known, in the unit of the schema.</summary>
    public long? Newest { get; init; }

    /// <summary>Time of its oldest record, where known, in the unit of the schema.</summary>
    public long? Oldest { get; init; }

    /// <summary>
    /// True when its records are in the order of the schema, newest first where that is <see cref="RecordOrder.AsSent"/>; records without
    /// a time are passed over.
    /// </summary>
    public bool Ordered { get; init; } = true;

    /// <summary>True when all of it is valid UTF-8; null in a checkpoint of an older version, which did not look.</summary>
    public bool? IsUtf8 { get; init; }

    /// <summary>Repeated events dropped while it was written; taken off the export's count when the part has to be dropped.</summary>
    public long Duplicates { get; init; }

    /// <summary>Events of it that were surely ingested after the range was counted: they must not stand in for others that are missing.</summary>
    public long Late { get; init; }

    /// <summary>Events of it that may have been ingested after the range was counted, <see cref="Late"/> included.</summary>
    public long PossiblyLate { get; init; }

    /// <summary>Events of it that share their id and time with another event and differ from it in other bytes.</summary>
    public long RepeatedIds { get; init; }

    /// <summary>Events of it that have no id.</summary>
    public long WithoutId { get; init; }

    /// <summary>Events of it whose time lies outside the range, although the query does not write it.</summary>
    public long OutsideRange { get; init; }

    /// <summary>What was noticed about its events.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public RowNotes Notes => new(Late, Math.Max(Late, PossiblyLate), RepeatedIds, WithoutId, OutsideRange);

    /// <summary>From where the lane goes on after this part; null when it ends with it.</summary>
    public Checkpoint? Next { get; init; }
}
