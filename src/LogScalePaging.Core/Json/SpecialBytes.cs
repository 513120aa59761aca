using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LogScalePaging.Common;
#endif

namespace LogScalePaging.Json;

/// <summary>
/// Finds the quotes, backslashes and control characters of JSON text, 64 bytes at a time. They are found before their meaning is known,
/// so the processor can work ahead. A search from each string to the next would wait for the previous result.
/// </summary>
internal ref struct SpecialBytes
{
    private readonly ReadOnlySpan<byte> _json;
#if NET8_0_OR_GREATER
    private int _block;
    private ulong _bits;
#else
    private int _at;
#endif

    /// <param name="json">The text.</param>
    /// <param name="at">Where to begin.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SpecialBytes(ReadOnlySpan<byte> json, int at)
    {
        _json = json;
#if NET8_0_OR_GREATER
        _block = at;
        _bits = at < json.Length ? Block(json, at) : 0;
#else
        _at = at;
#endif
    }

    /// <summary>The index of the next special byte; negative if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next()
    {
#if NET8_0_OR_GREATER
        while (_bits == 0)
        {
            _block += 64;
            if (_block >= _json.Length)
                return JsonScan.Incomplete;
            _bits = Block(_json, _block);
        }
        var at = _block + BitOperations.TrailingZeroCount(_bits);
        _bits &= _bits - 1;
        return at;
#else
        for (; _at < _json.Length; _at++)
        {
            if (_json[_at] is (byte)'"' or (byte)'\\' or < 0x20)
                return _at++;
        }
        return JsonScan.Incomplete;
#endif
    }

    /// <summary>Continues from this index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveTo(int at)
    {
#if NET8_0_OR_GREATER
        if (at - _block < 64)
        {
            _bits &= ulong.MaxValue << (at - _block);
            return;
        }
        _block = at;
        _bits = at < _json.Length ? Block(_json, at) : 0;
#else
        _at = at;
#endif
    }

    /// <summary>Skips a string whose opening quote was the last special byte.</summary>
    /// <returns>The index after its closing quote; negative if it does not end here, or has a byte that JSON does not allow.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int AfterString()
    {
        while (true)
        {
            var at = Next();
            if (at < 0)
                return at;
            var found = _json[at];
            if (found == (byte)'"')
                return at + 1;
            if (found != (byte)'\\' || at + 1 >= _json.Length)
                return JsonScan.Incomplete;
            found = _json[at + 1];
            // The escaped character may be a quote, and would be taken for the end of the string.
            if (found is (byte)'\\' or (byte)'"')
                Next();
            else if (JsonScan.AfterEscape(_json, at) < 0)
                return JsonScan.Incomplete;
        }
    }

#if NET8_0_OR_GREATER
    // One bit for each special byte among the next 64, or fewer at the end of the text.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Block(ReadOnlySpan<byte> json, int at)
    {
        if (json.Length - at < 64)
            return LastBlock(json.Slice(at));
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(json), at);
        return Vector256.IsHardwareAccelerated
            ? Bits(Vector256.LoadUnsafe(ref first)) | ((ulong)Bits(Vector256.LoadUnsafe(ref first, 32)) << 32)
            : Bits(Vector128.LoadUnsafe(ref first)) | ((ulong)Bits(Vector128.LoadUnsafe(ref first, 16)) << 16)
                | ((ulong)Bits(Vector128.LoadUnsafe(ref first, 32)) << 32) | ((ulong)Bits(Vector128.LoadUnsafe(ref first, 48)) << 48);
    }

    [MethodImpl(HotPath.Method)]
    private static ulong LastBlock(ReadOnlySpan<byte> rest)
    {
        Span<byte> padded = stackalloc byte[64];
        padded.Fill((byte)' ');
        rest.CopyTo(padded);
        return Block(padded, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bits(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'"'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.Equals(Vector256.Min(bytes, Vector256.Create((byte)0x1F)), bytes)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bits(Vector128<byte> bytes) =>
        (Vector128.Equals(bytes, Vector128.Create((byte)'"'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
            | Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1F)), bytes)).ExtractMostSignificantBits();
#endif
}
