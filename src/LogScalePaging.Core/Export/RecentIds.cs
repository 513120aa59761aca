namespace LogScalePaging.Export;

/// <summary>
/// Finds repeated ids in a bounded memory. A repeated event has the timestamp of the first, so in rows ordered by time both stand in
/// one millisecond: the ids of the current one are kept, and in any case the last 65,536 for rows that are not in order.
/// </summary>
internal sealed class RecentIds
{
    /// <summary>Ids that are always kept.</summary>
    public const int Window = 65_536;

    /// <summary>Ids of one millisecond that are kept at most.</summary>
    public const int MillisecondLimit = 1_000_000;

    private readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, long? Timestamp)> _order = new();

    /// <summary>True once a millisecond held more ids than are kept.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>The number of the row that had this id before, or 0; and remembers it.</summary>
    public long Seen(string id, long? timestamp, long row)
    {
        if (_rows.TryGetValue(id, out var before))
            return before;
        _rows.Add(id, row);
        _order.Enqueue((id, timestamp));
        while (_order.Count > Window && (_order.Peek().Timestamp != timestamp || timestamp is null || _order.Count > MillisecondLimit))
        {
            Overflowed |= timestamp is not null && _order.Peek().Timestamp == timestamp;
            _rows.Remove(_order.Dequeue().Id);
        }
        return 0;
    }
}
