namespace LogScalePaging.Export.Files;

/// <summary>Reads the first and last line of a file that ends with a line end, without reading the lines between them.</summary>
internal static class FileEnds
{
    public static byte[] FirstLine(string path)
    {
        using var reader = new LineReader(DurableFile.Read(path));
        return Lines.First(reader.Next()).ToArray();
    }

    public static byte[] LastLine(string path)
    {
        using var file = DurableFile.Read(path);
        for (var size = Math.Min(file.Length, 64 * 1024); ; size = Math.Min(file.Length, size * 4))
        {
            var tail = new byte[size];
            file.Position = file.Length - size;
            for (int have = 0, read = 1; have < tail.Length && read > 0; have += read)
                read = file.Read(tail, have, tail.Length - have);
            var last = Lines.Last(tail);
            if (last.Length + 1 < tail.Length || size == file.Length)
                return last.ToArray();
        }
    }
}
