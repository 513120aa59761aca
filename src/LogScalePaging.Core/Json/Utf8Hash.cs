using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LogScalePaging.Common;

namespace LogScalePaging.Json;

/// <summary>
/// A hash of short byte texts, such as names and values of fields, for tables with spans as keys. It is stable within one process only.
/// </summary>
/// <remarks>
/// SipHash-1-3 with a random key. The texts come from a server that may be hostile. Without a key, it could send names that share one
/// hash, and every look-up would search the whole table. Mixing a key into a simple hash does not help, because some pairs of names
/// collide under every key.
/// </remarks>
internal static class Utf8Hash
{
    private static readonly (ulong First, ulong Second) s_key = NewKey();

    /// <summary>The hash. All of its bits are equally random.</summary>
    [MethodImpl(HotPath.Method)]
    public static ulong Of(ReadOnlySpan<byte> key) => Of(key, s_key);

    /// <summary>The index in a table whose size is a power of two.</summary>
    public static int Slot(ulong hash, int slots) => (int)(hash & (uint)(slots - 1));

    /// <summary>The hash under a given secret.</summary>
    [MethodImpl(HotPath.Method)]
    internal static ulong Of(ReadOnlySpan<byte> key, (ulong First, ulong Second) secret)
    {
        var v0 = secret.First ^ 0x736F6D6570736575;
        var v1 = secret.Second ^ 0x646F72616E646F6D;
        var v2 = secret.First ^ 0x6C7967656E657261;
        var v3 = secret.Second ^ 0x7465646279746573;
        var last = (ulong)key.Length << 56;
        for (; key.Length >= sizeof(ulong); key = key.Slice(sizeof(ulong)))
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(key);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
        }
        for (var i = 0; i < key.Length; i++)
            last |= (ulong)key[i] << (8 * i);
        v3 ^= last;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;
        v2 ^= 0xFF;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = Rotate(v1, 13) ^ v0;
        v0 = Rotate(v0, 32);
        v2 += v3;
        v3 = Rotate(v3, 16) ^ v2;
        v0 += v3;
        v3 = Rotate(v3, 21) ^ v0;
        v2 += v1;
        v1 = Rotate(v1, 17) ^ v2;
        v2 = Rotate(v2, 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Rotate(ulong value, int bits) => (value << bits) | (value >> (64 - bits));

    private static (ulong First, ulong Second) NewKey()
    {
        var bytes = new byte[2 * sizeof(ulong)];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(sizeof(ulong))));
    }
}
