namespace LogScalePaging.Export.Files;

/// <summary>Finds lines in a span whose last byte is a line end.</summary>
internal static class Lines
{
    public static int Count(ReadOnlySpan<byte> lines)
    {
#if NETSTANDARD2_0
        var count = 0;
        for (int end; (end = lines.IndexOf((byte)'\n')) >= 0; lines = lines.Slice(end + 1))
            count++;
        return count;
#else
        return lines.Count((byte)'\n');
#endif
    }

    /// <summary>This number of lines from the start, with their line ends.</summary>
    public static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> lines, long count)
    {
        var length = 0;
        for (; count > 0; count--)
            length += lines.Slice(length).IndexOf((byte)'\n') + 1;
        return lines.Slice(0, length);
    }

    /// <summary>The first line without its line end, and the bytes after it.</summary>
    public static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> lines)
    {
        var end = lines.IndexOf((byte)'\n');
        var line = lines.Slice(0, end);
        lines = lines.Slice(end + 1);
        return line;
    }

    public static ReadOnlySpan<byte> First(ReadOnlySpan<byte> lines) => Next(ref lines);

    public static ReadOnlySpan<byte> Last(ReadOnlySpan<byte> lines)
    {
        lines = lines.Slice(0, lines.Length - 1);
        return lines.Slice(lines.LastIndexOf((byte)'\n') + 1);
    }
}
