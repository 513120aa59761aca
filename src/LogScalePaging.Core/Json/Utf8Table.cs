using System.Runtime.CompilerServices;
using LogScalePaging.Common;

namespace LogScalePaging.Json;

/// <summary>A small map with byte texts as keys. It takes spans; a dictionary would need a key object for each look-up.</summary>
internal sealed class Utf8Table<T>
{
    private int[] _slots = NewSlots(256);
    private Entry[] _entries = new Entry[64];

    /// <summary>Number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>Finds a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entry">The number of its entry; -1 if it is not in the table.</param>
    [MethodImpl(HotPath.Method)]
    public bool TryGet(ReadOnlySpan<byte> key, out int entry)
    {
        var hash = Utf8Hash.Of(key);
        for (var i = Utf8Hash.Slot(hash, _slots.Length); _slots[i] >= 0; i = (i + 1) & (_slots.Length - 1))
        {
            entry = _slots[i];
            ref var found = ref _entries[entry];
            if (found.Hash == hash && key.SequenceEqual(found.Key))
                return true;
        }
        entry = -1;
        return false;
    }

    /// <summary>Adds a new key and returns the number of its entry.</summary>
    public int Add(byte[] key, T value)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        _entries[Count++] = new Entry { Key = key, Hash = Utf8Hash.Of(key), Value = value };
        if (Count * 2 > _slots.Length)
        {
            _slots = NewSlots(_slots.Length * 2);
            for (var e = 0; e < Count - 1; e++)
                Place(e);
        }
        Place(Count - 1);
        return Count - 1;
    }

    /// <summary>The key of an entry.</summary>
    public byte[] Key(int entry) => _entries[entry].Key;

    /// <summary>The value of an entry.</summary>
    public T Value(int entry) => _entries[entry].Value;

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

    private struct Entry
    {
        public byte[] Key;
        public ulong Hash;
        public T Value;
    }
}
