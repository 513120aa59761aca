using LogScalePaging.Records;

namespace LogScalePaging.Export.Manifest;

/// <summary>A window whose counts do not agree.</summary>
/// <param name="Start">Inclusive start: a time since 1970 UTC in milliseconds, or in nanoseconds if the schema has a finer unit.</param>
/// <param name="End">Exclusive end. For the newest window, the server decides whether the end is inclusive.</param>
/// <param name="Planned">Events that the histogram counted in it when the range was cut; null if another window was split.</param>
/// <param name="Counted">
/// Events that the server counted in it when it was read; null if it was not counted, because the plan was reached.
/// </param>
/// <param name="Received">Events received.</param>
public sealed record ManifestWindow(long? Start, long? End, long? Planned, long? Counted, long Received)
{
    /// <summary>Start in ISO 8601.</summary>
    public string? StartUtc => RecordTime.Utc(Start, Unit);

    /// <summary>End in ISO 8601.</summary>
    public string? EndUtc => RecordTime.Utc(End, Unit);

    /// <summary>The unit of the schema. The manifest has it once, in its schema.</summary>
    internal TimeUnit Unit { get; init; }
}
