namespace LogScalePaging.Json;

/// <summary>
/// Keeps an event on one line. A raw line break cannot stand inside a JSON string, only between tokens: as a space it means the same,
/// while as itself it would make two rows of one event. Some readers end a line at a carriage return, too.
/// </summary>
internal static class LineBreaks
{
    /// <summary>True when there is one.</summary>
    public static bool AreIn(ReadOnlySpan<byte> json) => json.IndexOfAny((byte)'\n', (byte)'\r') >= 0;

    /// <summary>Makes each of them a space.</summary>
    public static void Blank(Span<byte> json)
    {
        for (int next; (next = json.IndexOfAny((byte)'\n', (byte)'\r')) >= 0; json = json.Slice(next + 1))
            json[next] = (byte)' ';
    }
}
