using System.Runtime.InteropServices;

namespace LogScalePaging.Paging;

/// <summary>
/// Remembers the identities of the last items, exactly and within a bound, and tells which of a page's items are new.
/// Items without an identity are always new: what cannot be told apart is never dropped.
/// </summary>
/// <remarks>
/// Identities are kept as bytes in blocks that are used again. Kept as strings, every one of a long walk would grow old enough
/// for the last generation of the heap, and the peak of memory would rise with the length of the walk.
/// </remarks>
/// <param name="capacity">How many identities to remember, 1 or more. Pages of one walk overlap by an anchor or by the crowd of one
/// instant, so it must exceed a page.</param>
public sealed class Deduplicator(int capacity = Deduplicator.DefaultCapacity)
{
    /// <summary>Identities remembered by default: some 1.5 MB.</summary>
    public const int DefaultCapacity = 16_384;

    // Below the large object heap.
    private const int BlockSize = 64 * 1024;

    // A ring, oldest first; buckets hold 1 + the place of the newest entry with their hash.
    private Entry[] _entries = new Entry[Math.Min(16, capacity)];
    private int[] _buckets = new int[32];
    private int _oldest;
    private int _count;
    private byte[] _block = [];
    private int _used;
    private byte[]? _spare;

    /// <summary>Remembers an identity.</summary>
    /// <returns>False when it was known.</returns>
    public bool Add(string? identity)
    {
        if (identity is null)
            return true;
        var length = Write(identity);
        // Not the string's own: on .NET Framework that has no key, and the ids come from the server.
        var hash = (int)Utf8Hash.Of(_block.AsSpan(_used, Math.Abs(length)));
        if (Knows(hash, length))
            return false;
        if (_count == capacity)
            Forget();
        else if (_count == _entries.Length)
            Grow();
        var place = (_oldest + _count++) % _entries.Length;
        _entries[place] = new Entry { Block = _block, Start = _used, Length = length, Hash = hash };
        Link(place);
        _used += Math.Abs(length);
        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_entries, 0, _entries.Length);
        Array.Clear(_buckets, 0, _buckets.Length);
        (_oldest, _count, _block, _used, _spare) = (0, 0, [], 0, null);
    }

    // Writes behind what is used; it stays there only if it turns out to be new. Negative: a length of UTF-16, for what is not ASCII.
    private int Write(string identity)
    {
        var most = identity.Length * sizeof(char);
        if (_block.Length - _used < most)
        {
            _block = most > BlockSize ? new byte[most] : _spare ?? new byte[BlockSize];
            (_spare, _used) = (null, 0);
        }
        var target = _block.AsSpan(_used, most);
        for (var i = 0; i < identity.Length; i++)
        {
            if (identity[i] > '\x7f')
            {
                MemoryMarshal.AsBytes(identity.AsSpan()).CopyTo(target);
                return -most;
            }
            target[i] = (byte)identity[i];
        }
        return identity.Length;
    }

    private bool Knows(int hash, int length)
    {
        var written = _block.AsSpan(_used, Math.Abs(length));
        for (var place = Bucket(hash) - 1; place >= 0; place = _entries[place].Older - 1)
        {
            ref var entry = ref _entries[place];
            if (entry.Hash == hash && entry.Length == length && entry.Bytes.SequenceEqual(written))
                return true;
        }
        return false;
    }

    private void Forget()
    {
        ref var entry = ref _entries[_oldest];
        ref var link = ref Bucket(entry.Hash);
        while (link != _oldest + 1)
            link = ref _entries[link - 1].Older;
        link = entry.Older;
        var block = entry.Block;
        entry = default;
        _oldest = (_oldest + 1) % _entries.Length;
        _count--;
        if (block != _block && block.Length == BlockSize && (_count == 0 || _entries[_oldest].Block != block))
            _spare = block;
    }

    private void Grow()
    {
        var entries = new Entry[Math.Min(capacity, _entries.Length * 2)];
        for (var i = 0; i < _count; i++)
            entries[i] = _entries[(_oldest + i) % _entries.Length];
        _entries = entries;
        _oldest = 0;
        _buckets = new int[_buckets.Length * 2];
        for (var place = 0; place < _count; place++)
            Link(place);
    }

    private void Link(int place)
    {
        ref var bucket = ref Bucket(_entries[place].Hash);
        _entries[place].Older = bucket;
        bucket = place + 1;
    }

    private ref int Bucket(int hash) => ref _buckets[hash & (_buckets.Length - 1)];

    private struct Entry
    {
        public byte[] Block;
        public int Start;
        public int Length;
        public int Hash;
        public int Older;

        public readonly ReadOnlySpan<byte> Bytes => Block.AsSpan(Start, Math.Abs(Length));
    }
}
