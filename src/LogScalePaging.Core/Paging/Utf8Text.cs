using System.Text;

namespace LogScalePaging.Paging;

/// <summary>UTF-8 in and out of spans, on every framework; bad UTF-8 becomes U+FFFD.</summary>
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

    /// <summary>The text itself when it is good, and else a copy with U+FFFD for what is not.</summary>
    public static ReadOnlySpan<byte> Mended(ReadOnlySpan<byte> utf8)
    {
#if NETSTANDARD2_0
        foreach (var b in utf8)
        {
            if (b >= 0x80)
                return Encoding.UTF8.GetBytes(Get(utf8));
        }
        return utf8;
#else
        return System.Text.Unicode.Utf8.IsValid(utf8) ? utf8 : Encoding.UTF8.GetBytes(Get(utf8));
#endif
    }
}
