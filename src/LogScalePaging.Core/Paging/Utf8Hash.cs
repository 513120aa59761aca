using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LogScalePaging.Paging;

/// <summary>A hash of short byte texts, such as names and values of fields, for tables that are asked with spans. The same in one process only.</summary>
public static class Utf8Hash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>The hash; every bit of it is worth the same.</summary>
    [MethodImpl(HotPath.Method)]
    public static ulong Of(ReadOnlySpan<byte> key)
    {
        var hash = (ulong)key.Length * Multiplier;
        while (key.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(key));
            key = key.Slice(sizeof(ulong));
        }
        ulong rest = 0;
        for (var i = 0; i < key.Length; i++)
            rest |= (ulong)key[i] << (8 * i);
        return Mix(hash ^ rest);
    }

    /// <summary>A place in a table whose size is a power of two.</summary>
    public static int Slot(ulong hash, int slots) => (int)(hash & (uint)(slots - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value)
    {
        value *= Multiplier;
        return value ^ (value >> 32);
    }
}
