namespace LogScalePaging.Json;

/// <summary>
/// Keeps an event on one line. In JSON, a raw line break is allowed only between tokens, where a space means the same. A line break would
/// make two rows of one event. Some readers also end a line at a carriage return.
/// </summary>
internal static class LineBreaks
{
    /// <summary>True if there is a line break.</summary>
    public static bool AreIn(ReadOnlySpan<byte> json) => json.IndexOfAny((byte)'\n', (byte)'\r') >= 0;

    /// <summary>Replaces each of them by a space.</summary>
    public static void Blank(Span<byte> json)
    {
        for (int next; (next = json.IndexOfAny((byte)'\n', (byte)'\r')) >= 0; json = json.Slice(next + 1))
            json[next] = (byte)' ';
    }
}
