namespace LogScalePaging.Simulator.Events;

/// <summary>SplitMix64: fast, and the same on every runtime. System.Random does not guarantee that.</summary>
internal struct Randomness(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to, but not including, the limit.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    public long Below(long limit) => (long)(Next() % (ulong)limit);

    public byte[] Letters(int count)
    {
        var letters = new byte[count];
        for (var i = 0; i < count; i++)
            letters[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8[Below(62)];
        return letters;
    }
}
