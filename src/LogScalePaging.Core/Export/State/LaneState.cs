namespace LogScalePaging.Export.State;

/// <summary>
/// One sequential walk of an export, and its parts on disk. An Around export has one lane, and a Window export has one per window.
/// </summary>
public sealed record LaneState
{
    /// <summary>Name, unique in the export. The file names of its parts contain it. Letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Start of the lane's range, in the time unit of the schema; null before the range is pinned.</summary>
    public long? RangeStart { get; init; }

    /// <summary>
    /// End of the lane's range. Lanes are assembled newest first by their end, or oldest first by their start if the schema says so.
    /// </summary>
    public long? RangeEnd { get; init; }

    /// <summary>Events that a histogram counts in it; null if it is not known.</summary>
    public long? Planned { get; init; }

    /// <summary>
    /// Events that the server counted in it when it was read; null if it was not counted, because as many events as planned were
    /// received.
    /// </summary>
    public long? Counted { get; init; }

    /// <summary>Complete parts, in the order of the output.</summary>
    public IReadOnlyList<PartRecord> Parts { get; init; } = [];

    /// <summary>True when nothing is left to fetch.</summary>
    public bool Done { get; init; }

    /// <summary>Events in the parts.</summary>
    public long Rows => Parts.Sum(p => p.Rows);
}
