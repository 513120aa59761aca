using System.Text.Json;

namespace LogScalePaging.Json;

/// <summary>
/// Limits how deep JSON is nested. <see cref="JsonDocument"/> looks for the beginning of an object or array by going back over all that
/// lies within it, so its time grows with the square of the depth: an answer of 1 MiB that is nested 500,000 levels deep takes minutes.
/// </summary>
internal static class JsonDepth
{
    /// <summary>Levels that are kept. What this module reads of an answer lies within the first ten.</summary>
    public const int Most = 256;

    /// <summary>Replaces each object and array that lies deeper than <see cref="Most"/> levels by null.</summary>
    /// <returns>The same bytes if no value lies deeper.</returns>
    /// <exception cref="JsonException">A string, or a value that lies deeper, is not valid JSON or is cut short.</exception>
    public static ReadOnlySpan<byte> Limit(ReadOnlySpan<byte> json)
    {
        MemoryStream? limited = null;
        var (depth, copied) = (0, 0);
        for (var at = 0; at < json.Length;)
        {
            if (json[at] is not (byte)'"' and not (byte)'{' and not (byte)'[')
            {
                depth -= json[at++] is (byte)'}' or (byte)']' ? 1 : 0;
                continue;
            }
            if (json[at] != (byte)'"' && ++depth <= Most)
            {
                at++;
                continue;
            }
            var after = JsonScan.AfterValue(json, at);
            if (after < 0)
                throw new JsonException("The answer is not complete.");
            if (json[at] != (byte)'"')
            {
                depth--;
                limited ??= new MemoryStream(json.Length);
                Write(limited, json.Slice(copied, at - copied));
                Write(limited, "null"u8);
                copied = after;
            }
            at = after;
        }
        if (limited is null)
            return json;
        Write(limited, json.Slice(copied));
        return limited.GetBuffer().AsSpan(0, (int)limited.Length);
    }

    private static void Write(MemoryStream stream, ReadOnlySpan<byte> bytes)
    {
#if NET8_0_OR_GREATER
        stream.Write(bytes);
#else
        stream.Write(bytes.ToArray(), 0, bytes.Length);
#endif
    }
}
