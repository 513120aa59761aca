namespace LogScalePaging.Export.Reports;

/// <summary>A time without records between two records, or between an end of the range and a record.</summary>
/// <param name="Start">The last time before it, in the unit of the schema.</param>
/// <param name="End">The first time after it.</param>
internal readonly record struct TimeGap(long Start, long End)
{
    /// <summary>Its length, in the unit of the schema.</summary>
    public ulong Length => unchecked((ulong)End - (ulong)Start);
}
