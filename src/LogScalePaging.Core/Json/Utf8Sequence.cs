namespace LogScalePaging.Json;

/// <summary>Reads UTF-8 one character at a time, by the table of the Unicode standard (3.9, well-formed byte sequences).</summary>
internal static class Utf8Sequence
{
    /// <summary>
    /// The length of the character that begins here. If it is not valid: the negative number of bytes that one U+FFFD replaces. This is
    /// the longest valid beginning of a character, as in browsers and .NET.
    /// </summary>
    public static int Next(ReadOnlySpan<byte> bytes)
    {
        var first = bytes[0];
        if (first < 0x80)
            return 1;
        var length = first switch
        {
            >= 0xC2 and <= 0xDF => 2,
            >= 0xE0 and <= 0xEF => 3,
            >= 0xF0 and <= 0xF4 => 4,
            _ => 0,
        };
        if (length == 0)
            return -1;
        // The second byte excludes overlong forms, surrogates, and values beyond U+10FFFF.
        var (low, high) = first switch
        {
            0xE0 => (0xA0, 0xBF),
            0xED => (0x80, 0x9F),
            0xF0 => (0x90, 0xBF),
            0xF4 => (0x80, 0x8F),
            _ => (0x80, 0xBF),
        };
        for (var i = 1; i < length; i++)
        {
            if (i == bytes.Length || bytes[i] < low || bytes[i] > high)
                return -i;
            (low, high) = (0x80, 0xBF);
        }
        return length;
    }

    /// <summary>How many bytes at the end are the beginning of a character that may continue in the next bytes.</summary>
    public static int Unfinished(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var end = bytes.Slice(bytes.Length - back);
            if (end[0] < 0x80)
                return 0;
            if (end[0] >= 0xC0)
                return Next(end) == -back ? back : 0;
        }
        return 0;
    }
}
