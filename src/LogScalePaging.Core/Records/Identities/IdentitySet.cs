namespace LogScalePaging.Records.Identities;

/// <summary>
/// Remembers the identities of items, all of them or at least the last n, and finds new items. It is the only deduplicator. Not thread
/// safe.
/// </summary>
/// <remarks>
/// 16 bytes per slot: 10 million identities take 270 MB, and 400 MB while the table grows. The last n are kept in two generations of n
/// each.
/// </remarks>
internal sealed class IdentitySet
{
    private readonly int _generation;
    private Generation _current = new();
    private Generation? _previous;

    /// <summary>Creates an empty set.</summary>
    /// <param name="memory">How much it remembers.</param>
    public IdentitySet(IdentityMemory memory) => _generation = memory.Last ?? int.MaxValue;

    /// <summary>Remembers an item.</summary>
    public Sighting Add(in ItemIdentity item)
    {
        if (item.IsNone)
            return Sighting.Unknown;
        if (_generation == 0)
            return Sighting.New;
        var sighting = _current.Find(item);
        if (sighting != Sighting.Known && _previous?.Find(item) is { } earlier && earlier != Sighting.New)
            sighting = earlier;
        if (sighting == Sighting.Known)
            return sighting;
        if (_current.Count == _generation)
            (_previous, _current) = (_current, new Generation());
        _current.Add(item);
        return sighting;
    }

    /// <summary>True when an item is remembered, the same in every byte.</summary>
    public bool Knows(in ItemIdentity item) =>
        !item.IsNone && (_current.Find(item) == Sighting.Known || _previous?.Find(item) == Sighting.Known);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _current.Clear();
        _previous = null;
    }

    // The first item of each id is stored under its id, so that thousands of items with one id do not collide in one slot. The others are
    // stored under a key made from both hashes.
    private sealed class Generation
    {
        private readonly IdentityTable _first = new();
        private readonly IdentityTable _others = new();

        public int Count => _first.Count + _others.Count;

        public Sighting Find(in ItemIdentity item)
        {
            if (!_first.TryFind(item.Id, out var record))
                return Sighting.New;
            return record == item.Record || (_others.Count > 0 && _others.TryFind(Both(item), out _)) ? Sighting.Known : Sighting.KnownId;
        }

        public void Add(in ItemIdentity item)
        {
            if (_first.TryFind(item.Id, out _))
                _others.Add(Both(item), item.Record);
            else
                _first.Add(item.Id, item.Record);
        }

        public void Clear()
        {
            _first.Clear();
            _others.Clear();
        }

        private static ulong Both(in ItemIdentity item)
        {
            var both = (item.Id * 0x9E3779B97F4A7C15) ^ item.Record;
            return both == 0 ? 1 : both;
        }
    }
}
