using System.Runtime.CompilerServices;
using System.Text.Json;
using LogScalePaging.Common;
#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace LogScalePaging.Json;

/// <summary>
/// Finds where JSON values end, strictly by the grammar of RFC 8259, without decoding them. Events are copied as bytes, so only their
/// length is needed. <c>Utf8JsonReader</c> takes four times as long. Every method returns the index after the value, or <see
/// cref="Incomplete"/> if the bytes end before the value does.
/// </summary>
internal static class JsonScan
{
    /// <summary>The bytes end before the value does: more bytes are needed, or the text was cut.</summary>
    public const int Incomplete = -1;

    // Levels that fit into one word of the stack of bits. For deeper levels, full words go to another stack.
    private const int LevelsOfWord = 64;

    /// <summary>Moves to the next byte that is not white space.</summary>
    /// <returns>False at the end.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool See(ReadOnlySpan<byte> json, ref int at, out byte found)
    {
        if ((uint)at < (uint)json.Length && (found = json[at]) > (byte)' ')
            return true;
        return SeeFar(json, ref at, out found);
    }

    /// <summary>Skips any value.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    [MethodImpl(HotPath.Method)]
    public static int AfterValue(ReadOnlySpan<byte> json, int at) => json[at] switch
    {
        (byte)'"' => AfterString(json, at),
        (byte)'{' or (byte)'[' => AfterNested(json, at),
        (byte)'t' => AfterLiteral(json, at, "true"u8),
        (byte)'f' => AfterLiteral(json, at, "false"u8),
        (byte)'n' => AfterLiteral(json, at, "null"u8),
        _ => AfterNumber(json, at),
    };

    /// <summary>Skips a string, starting at its opening quote.</summary>
    /// <exception cref="JsonException">It has a control character, or an escape that is not JSON.</exception>
    [MethodImpl(HotPath.Method)]
    public static int AfterString(ReadOnlySpan<byte> json, int at)
    {
        at++;
        while (true)
        {
            at = NextSpecial(json, at);
            if (at >= json.Length)
                return Incomplete;
            if (json[at] == (byte)'"')
                return at + 1;
            if (json[at] != (byte)'\\')
                throw Invalid(at, "a control character within a string");
            at = AfterEscape(json, at);
            if (at < 0)
                return Incomplete;
        }
    }

    /// <summary>Like <see cref="AfterString"/>, but inline for most strings, which are short and have no escapes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int AfterShortString(ReadOnlySpan<byte> json, int at)
    {
#if NET8_0_OR_GREATER
        if (Vector128.IsHardwareAccelerated && at + 1 + Vector128<byte>.Count <= json.Length)
        {
            var special = Specials(ref MemoryMarshal.GetReference(json), at + 1);
            if (special != 0)
            {
                var end = at + 1 + System.Numerics.BitOperations.TrailingZeroCount(special);
                if (json[end] == (byte)'"')
                    return end + 1;
            }
        }
#endif
        return AfterString(json, at);
    }

    /// <summary>The exception for bytes that are not JSON.</summary>
    public static JsonException Invalid(int at, string what) => new(FormattableString.Invariant(
        $"The answer is not valid JSON: {what} (at byte {at})."));

    /// <summary>The exception for a byte that is not allowed at its position.</summary>
    public static JsonException Unexpected(ReadOnlySpan<byte> json, int at) => Invalid(at, FormattableString.Invariant(
        $"byte 0x{json[at]:X2} in an invalid place"));

    /// <summary>
    /// Reads eight digits at once: pairs of digits become numbers below 100, pairs of these become numbers below 10,000, and two of these
    /// become the result.
    /// </summary>
    /// <param name="value">Eight bytes at least.</param>
    /// <param name="number">The number.</param>
    /// <returns>False if the first eight bytes are not all digits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryEightDigits(ReadOnlySpan<byte> value, out long number)
    {
        var digits = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(value);
        var areDigits =
            ((digits & 0xF0F0_F0F0_F0F0_F0F0) | (((digits + 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) >> 4)) == 0x3333_3333_3333_3333;
        digits = ((digits & 0x0F0F_0F0F_0F0F_0F0F) * ((10 << 8) + 1)) >> 8;
        digits = ((digits & 0x00FF_00FF_00FF_00FF) * ((100 << 16) + 1)) >> 16;
        digits = ((digits & 0x0000_FFFF_0000_FFFF) * ((10_000UL << 32) + 1)) >> 32;
        number = areDigits ? (long)digits : 0;
        return areDigits;
    }

    [MethodImpl(HotPath.Method)]
    private static bool SeeFar(ReadOnlySpan<byte> json, ref int at, out byte found)
    {
        for (; at < json.Length; at++)
        {
            found = json[at];
            if (found is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                return true;
        }
        found = 0;
        return false;
    }

    // The next quote, backslash or control character; the length if there is none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NextSpecial(ReadOnlySpan<byte> json, int at)
    {
#if NET8_0_OR_GREATER
        if (Vector128.IsHardwareAccelerated)
        {
            ref var first = ref MemoryMarshal.GetReference(json);
            for (var last = json.Length - Vector128<byte>.Count; at <= last; at += Vector128<byte>.Count)
            {
                var special = Specials(ref first, at);
                if (special != 0)
                    return at + System.Numerics.BitOperations.TrailingZeroCount(special);
            }
        }
#endif
        while (at < json.Length && json[at] is not ((byte)'"' or (byte)'\\' or < 0x20))
            at++;
        return at;
    }

#if NET8_0_OR_GREATER
    // One bit for each quote, backslash and control character among sixteen bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Specials(ref byte first, int at)
    {
        var bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
        return (Vector128.Equals(bytes, Vector128.Create((byte)'"'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
            | Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1F)), bytes)).ExtractMostSignificantBits();
    }
#endif

    /// <summary>Skips an escape, starting at its backslash.</summary>
    /// <exception cref="JsonException">It is not an escape of JSON.</exception>
    public static int AfterEscape(ReadOnlySpan<byte> json, int at)
    {
        if (at + 1 >= json.Length)
            return Incomplete;
        if (json[at + 1] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
            return at + 2;
        if (json[at + 1] != (byte)'u')
            throw Invalid(at, "an escape that is not JSON");
        for (var i = at + 2; i < at + 6; i++)
        {
            if (i >= json.Length)
                return Incomplete;
            if (json[i] is not (>= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f' or >= (byte)'A' and <= (byte)'F'))
                throw Invalid(at, "an escape that is not JSON");
        }
        return at + 6;
    }

    // An object or an array of any depth, with a stack of bits: set for an object. Recursion would overflow the call stack.
    [MethodImpl(HotPath.Method)]
    private static int AfterNested(ReadOnlySpan<byte> json, int at)
    {
        var (depth, objects) = (0, 0UL);
        Stack<ulong>? outer = null;
        while (true)
        {
            if (!See(json, ref at, out var found))
                return Incomplete;
            var opened = found is (byte)'{' or (byte)'[';
            if (opened)
            {
                if (depth > 0 && depth % LevelsOfWord == 0)
                    (outer ??= new Stack<ulong>()).Push(objects);
                depth++;
                objects = (objects << 1) | (found == (byte)'{' ? 1UL : 0);
                at++;
            }
            else if ((at = AfterValue(json, at)) < 0)
            {
                return Incomplete;
            }
            while (true)
            {
                if (!See(json, ref at, out found))
                    return Incomplete;
                if (found == ((objects & 1) != 0 ? (byte)'}' : (byte)']'))
                {
                    at++;
                    opened = false;
                    objects >>= 1;
                    if (--depth == 0)
                        return at;
                    if (depth % LevelsOfWord == 0)
                        objects = outer!.Pop();
                    continue;
                }
                if (opened)
                    break;
                if (found != (byte)',')
                    throw Unexpected(json, at);
                at++;
                break;
            }
            if ((objects & 1) != 0 && (at = AfterName(json, at, out _)) < 0)
                return Incomplete;
        }
    }

    /// <summary>Skips a name and the colon after it.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="at">Where the name begins, or white space before it.</param>
    /// <param name="name">The name as it is written, without its quotes.</param>
    /// <returns>The index after the colon.</returns>
    /// <exception cref="JsonException">There is none.</exception>
    [MethodImpl(HotPath.Method)]
    public static int AfterName(ReadOnlySpan<byte> json, int at, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!See(json, ref at, out var found))
            return Incomplete;
        if (found != (byte)'"')
            throw Unexpected(json, at);
        var start = at + 1;
        at = AfterString(json, at);
        if (at < 0)
            return Incomplete;
        name = json.Slice(start, at - 1 - start);
        if (!See(json, ref at, out found))
            return Incomplete;
        return found == (byte)':' ? at + 1 : throw Unexpected(json, at);
    }

    [MethodImpl(HotPath.Method)]
    private static int AfterLiteral(ReadOnlySpan<byte> json, int at, ReadOnlySpan<byte> literal)
    {
        var there = json.Slice(at, Math.Min(literal.Length, json.Length - at));
        if (!literal.StartsWith(there))
            throw Unexpected(json, at);
        return there.Length < literal.Length ? Incomplete : Delimited(json, at + literal.Length);
    }

    [MethodImpl(HotPath.Method)]
    private static int AfterNumber(ReadOnlySpan<byte> json, int at)
    {
        if (json[at] == (byte)'-')
            at++;
        if (at < json.Length && json[at] == (byte)'0')
            at++;
        else if ((at = AfterDigits(json, at)) < 0)
            return Incomplete;
        if (at < json.Length && json[at] == (byte)'.' && (at = AfterDigits(json, at + 1)) < 0)
            return Incomplete;
        if (at < json.Length && json[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < json.Length && json[at] is (byte)'+' or (byte)'-')
                at++;
            if ((at = AfterDigits(json, at)) < 0)
                return Incomplete;
        }
        return Delimited(json, at);
    }

    [MethodImpl(HotPath.Method)]
    private static int AfterDigits(ReadOnlySpan<byte> json, int at)
    {
        var start = at;
        while (json.Length - at >= 8 && TryEightDigits(json.Slice(at), out _))
            at += 8;
        while (at < json.Length && json[at] is >= (byte)'0' and <= (byte)'9')
            at++;
        if (at == json.Length)
            return Incomplete;
        return at > start ? at : throw Unexpected(json, at);
    }

    // A number or a literal ends before another character, so that character must be there too.
    [MethodImpl(HotPath.Method)]
    private static int Delimited(ReadOnlySpan<byte> json, int at)
    {
        if (at >= json.Length)
            return Incomplete;
        return json[at] is (byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'
            ? at
            : throw Unexpected(json, at);
    }
}
