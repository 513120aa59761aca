using System.Text.Json.Serialization;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Slices;

/// <summary>A part of the range of a plan, which one run exports.</summary>
/// <param name="I">Its index, from 0. The oldest slice is first.</param>
/// <param name="Start">Inclusive start, in the time unit of the schema.</param>
/// <param name="End">Exclusive end. At the end of the range, the server decides whether the end is inclusive.</param>
/// <param name="Expected">Records that the server counted in it when the plan was made.</param>
public sealed record PlanSlice(
    [property: JsonRequired] int I,
    [property: JsonRequired] long Start,
    [property: JsonRequired] long End,
    [property: JsonRequired] long Expected)
{
    /// <summary>The slice for messages.</summary>
    /// <param name="unit">The time unit of the schema.</param>
    internal string Text(TimeUnit unit) =>
        FormattableString.Invariant($"slice {I} ({RecordTime.Utc(Start, unit)} to {RecordTime.Utc(End, unit)})");
}
