using LogScalePaging.Records;

namespace LogScalePaging.Export.Manifest;

/// <summary>The counts of one window that do not agree.</summary>
/// <param name="Start">Start, inside: a time since 1970 UTC in milliseconds, or in nanoseconds where the unit of the schema is
/// finer.</param>
/// <param name="End">End, outside; in the newest window whatever the server makes of the range's end.</param>
/// <param name="Planned">Events that the histogram counted in it when the range was cut; null when it was made by splitting another.</param>
/// <param name="Counted">Events that the server counted in it when it was read; null when it was not asked, because no fewer came than were planned.</param>
/// <param name="Received">Events that came.</param>
public sealed record ManifestWindow(long? Start, long? End, long? Planned, long? Counted, long Received)
{
    /// <summary>Start in ISO 8601.</summary>
    public string? StartUtc => RecordTime.Utc(Start, Unit);

    /// <summary>End in ISO 8601.</summary>
    public string? EndUtc => RecordTime.Utc(End, Unit);

    /// <summary>The unit of the schema. The manifest has it once, in its schema.</summary>
    internal TimeUnit Unit { get; init; }
}
