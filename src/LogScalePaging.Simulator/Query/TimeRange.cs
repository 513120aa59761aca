namespace LogScalePaging.Simulator.Query;

/// <summary>A range in epoch milliseconds. The start is inclusive.</summary>
internal readonly record struct TimeRange(long Start, long End, bool EndInclusive)
{
    public bool Contains(long time) => time >= Start && (time < End || (EndInclusive && time == End));
}
