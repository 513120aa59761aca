namespace LogScalePaging.Json;

/// <summary>A small map from byte texts to numbers, with spans as keys. A dictionary would need a key object for each look-up.</summary>
internal sealed class Utf8Table
{
    private int[] _slots = NewSlots(256);
    private readonly List<(byte[] Key, ulong Hash, int Value)> _entries = [];

    public int Count => _entries.Count;

    public bool TryGet(ReadOnlySpan<byte> key, out int entry, out int value)
    {
        var hash = Utf8Hash.Of(key);
        for (var i = Utf8Hash.Slot(hash, _slots.Length); _slots[i] >= 0; i = (i + 1) & (_slots.Length - 1))
        {
            entry = _slots[i];
            var found = _entries[entry];
            if (found.Hash == hash && key.SequenceEqual(found.Key))
            {
                value = found.Value;
                return true;
            }
        }
        entry = value = -1;
        return false;
    }

    /// <summary>Adds a new key and returns the number of its entry.</summary>
    public int Add(ReadOnlySpan<byte> key, int value)
    {
        _entries.Add((key.ToArray(), Utf8Hash.Of(key), value));
        if (_entries.Count * 2 > _slots.Length)
        {
            _slots = NewSlots(_slots.Length * 2);
            for (var e = 0; e < _entries.Count - 1; e++)
                Place(e);
        }
        Place(_entries.Count - 1);
        return _entries.Count - 1;
    }

    public byte[] Key(int entry) => _entries[entry].Key;

    public int Value(int entry) => _entries[entry].Value;

    private void Place(int entry)
    {
        var i = Utf8Hash.Slot(_entries[entry].Hash, _slots.Length);
        while (_slots[i] >= 0)
            i = (i + 1) & (_slots.Length - 1);
        _slots[i] = entry;
    }

    private static int[] NewSlots(int count)
    {
        var slots = new int[count];
        slots.AsSpan().Fill(-1);
        return slots;
    }
}
