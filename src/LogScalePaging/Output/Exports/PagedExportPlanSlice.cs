using LogScalePaging.Common;
using LogScalePaging.Export.Slices;
using LogScalePaging.Records;

namespace LogScalePaging;

/// <summary>A slice of a plan.</summary>
public sealed class PagedExportPlanSlice
{
    internal PagedExportPlanSlice(PlanSlice slice, TimeUnit unit) =>
        (Index, Start, End, Expected) = (slice.I, EpochTime.Utc(slice.Start, unit), EpochTime.Utc(slice.End, unit), slice.Expected);

    /// <summary>Its index, from 0.</summary>
    public int Index { get; }

    /// <summary>Its start.</summary>
    public DateTimeOffset? Start { get; }

    /// <summary>Its end, which belongs to the next slice.</summary>
    public DateTimeOffset? End { get; }

    /// <summary>Events that the server counted in it.</summary>
    public long Expected { get; }

    /// <summary>Index, range and number of events.</summary>
    public override string ToString() => FormattableString.Invariant($"slice {Index}, {Display.Range(Start, End)}: {Counted.Of(Expected, "event")}");
}
