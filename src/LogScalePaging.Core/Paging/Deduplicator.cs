namespace LogScalePaging.Paging;

/// <summary>
/// Remembers the identities of the last items, exactly and within a bound, and tells which of a page's items are new.
/// Items without an identity are always new: what cannot be told apart is never dropped.
/// </summary>
/// <param name="capacity">How many identities to remember, 1 or more. Pages of one walk overlap by an anchor or by the crowd of one
/// instant, so it must exceed a page.</param>
public sealed class Deduplicator(int capacity = Deduplicator.DefaultCapacity)
{
    /// <summary>Identities remembered by default: some 2.5 MB.</summary>
    public const int DefaultCapacity = 16_384;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Remembers an identity.</summary>
    /// <returns>False when it was known.</returns>
    public bool Add(string? identity)
    {
        if (identity is null)
            return true;
        if (!_known.Add(identity))
            return false;
        _order.Enqueue(identity);
        if (_order.Count > capacity)
            _known.Remove(_order.Dequeue());
        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _known.Clear();
        _order.Clear();
    }
}
