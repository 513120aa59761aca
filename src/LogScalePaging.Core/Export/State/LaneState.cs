namespace LogScalePaging.Export.State;

/// <summary>
/// One sequential walk of an export and what it has on disk. An Around export has one lane, a Window export one a window.
/// </summary>
public sealed record LaneState
{
    /// <summary>Name, unique in the export; it begins the file names of its parts. Letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Start of what the lane covers, in the time unit of the schema; null before the range is pinned.</summary>
    public long? RangeStart { get; init; }

    /// <summary>
    /// End of what the lane covers. Lanes are assembled newest first by it, or by their start where the schema says oldest first.
    /// </summary>
    public long? RangeEnd { get; init; }

    /// <summary>Events that a histogram counts in it; null when that is not known.</summary>
    public long? Planned { get; init; }

    /// <summary>Events that the server counted in it when it was read; null when it was not asked, because as many came as were planned.</summary>
    public long? Counted { get; init; }

    /// <summary>Whole parts, in the order of the output.</summary>
    public IReadOnlyList<PartRecord> Parts { get; init; } = [];

    /// <summary>True when nothing is left to fetch.</summary>
    public bool Done { get; init; }

    /// <summary>Events in the parts.</summary>
    public long Rows => Parts.Sum(p => p.Rows);
}
