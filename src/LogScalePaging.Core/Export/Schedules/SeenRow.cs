namespace LogScalePaging.Export.Schedules;

/// <summary>A row that an output of a schedule has.</summary>
/// <param name="Time">Its time in epoch milliseconds; for a row without a known time, the end of the range that it was read in.</param>
/// <param name="High">The first half of its keyed hash.</param>
/// <param name="Low">The second half.</param>
internal readonly record struct SeenRow(long Time, ulong High, ulong Low) : IComparable<SeenRow>
{
    public int CompareTo(SeenRow other)
    {
        var order = Time.CompareTo(other.Time);
        order = order != 0 ? order : High.CompareTo(other.High);
        return order != 0 ? order : Low.CompareTo(other.Low);
    }
}
