using LogScalePaging.Records;

namespace LogScalePaging.Export.Manifest;

/// <summary>The pinned range of an export.</summary>
/// <param name="Start">Time since 1970 UTC: milliseconds, or nanoseconds if the schema has a finer unit.</param>
/// <param name="End">The end, in the same unit.</param>
public sealed record ManifestRange(long? Start, long? End)
{
    /// <summary>The start in ISO 8601, UTC.</summary>
    public string? StartUtc => RecordTime.Utc(Start, Unit);

    /// <summary>The end in ISO 8601, UTC.</summary>
    public string? EndUtc => RecordTime.Utc(End, Unit);

    /// <summary>The unit of the schema. The manifest has it once, in its schema.</summary>
    internal TimeUnit Unit { get; init; }
}
