namespace LogScalePaging.Records.Identities;

/// <summary>An open hash table of pairs: 16 bytes per slot, at most three quarters full. For <see cref="IdentitySet"/>.</summary>
internal sealed class IdentityTable
{
    private const int Smallest = 16;
    private Slot[] _slots = new Slot[Smallest];

    /// <summary>Number of pairs.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the first pair with this key.</summary>
    /// <param name="key">The key, not 0. It is a hash already.</param>
    /// <param name="value">Its value.</param>
    public bool TryFind(ulong key, out ulong value)
    {
        for (var i = (int)key & (_slots.Length - 1); ; i = (i + 1) & (_slots.Length - 1))
        {
            ref var slot = ref _slots[i];
            value = slot.Value;
            if (slot.Key == key)
                return true;
            if (slot.Key == 0)
                return false;
        }
    }

    /// <summary>Adds a pair with a new key.</summary>
    public void Add(ulong key, ulong value)
    {
        if (Count >= _slots.Length / 4 * 3)
            Grow();
        Put(key, value);
        Count++;
    }

    /// <summary>Removes all, and keeps little memory.</summary>
    public void Clear()
    {
        if (Count == 0)
            return;
        if (_slots.Length > Smallest * 4)
            _slots = new Slot[Smallest];
        else
            Array.Clear(_slots, 0, _slots.Length);
        Count = 0;
    }

    private void Put(ulong key, ulong value)
    {
        var i = (int)key & (_slots.Length - 1);
        while (_slots[i].Key != 0)
            i = (i + 1) & (_slots.Length - 1);
        _slots[i] = new Slot { Key = key, Value = value };
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[checked(old.Length * 2)];
        foreach (var slot in old)
        {
            if (slot.Key != 0)
                Put(slot.Key, slot.Value);
        }
    }

    private struct Slot
    {
        public ulong Key;
        public ulong Value;
    }
}
