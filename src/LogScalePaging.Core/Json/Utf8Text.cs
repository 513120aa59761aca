using System.Text;

namespace LogScalePaging.Json;

/// <summary>Converts UTF-8 to and from spans, on every framework. Bad UTF-8 becomes U+FFFD.</summary>
internal static class Utf8Text
{
    public static string Get(ReadOnlySpan<byte> utf8)
    {
#if NETSTANDARD2_0
        return Encoding.UTF8.GetString(utf8.ToArray());
#else
        return Encoding.UTF8.GetString(utf8);
#endif
    }

    /// <summary>Whether all bytes are valid.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
#if NETSTANDARD2_0
        const ulong NotAscii = 0x8080808080808080;
        while (!utf8.IsEmpty)
        {
            if (utf8.Length >= sizeof(ulong) && (System.Runtime.InteropServices.MemoryMarshal.Read<ulong>(utf8) & NotAscii) == 0)
            {
                utf8 = utf8.Slice(sizeof(ulong));
                continue;
            }
            var length = Utf8Sequence.Next(utf8);
            if (length < 0)
                return false;
            utf8 = utf8.Slice(length);
        }
        return true;
#else
        return System.Text.Unicode.Utf8.IsValid(utf8);
#endif
    }

    /// <summary>
    /// The text itself if it is valid, else a copy with U+FFFD for invalid bytes. The result is the same on every framework.
    /// </summary>
    public static ReadOnlySpan<byte> Mended(ReadOnlySpan<byte> utf8)
    {
        if (IsValid(utf8))
            return utf8;
        // U+FFFD has three bytes, and may replace a single byte.
        var mended = new byte[utf8.Length * 3];
        var used = 0;
        while (!utf8.IsEmpty)
        {
            var length = Utf8Sequence.Next(utf8);
            var text = length > 0 ? utf8.Slice(0, length) : "\uFFFD"u8;
            text.CopyTo(mended.AsSpan(used));
            used += text.Length;
            utf8 = utf8.Slice(Math.Abs(length));
        }
        return mended.AsSpan(0, used);
    }
}
