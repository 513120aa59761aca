namespace LogScalePaging.Export.Files;

/// <summary>Compares files with their recorded hashes.</summary>
internal static class FileHash
{
    /// <summary>Lower-case hexadecimal SHA-256 of a file.</summary>
    public static string Sha256(string path) => Read(path, HashKind.Sha256).Hash;

    /// <summary>True if the file exists and equals the recorded one. A file that cannot be read does not.</summary>
    public static bool Is(string path, long bytes, string sha256) => LinesOf(path, bytes, HashKind.Sha256, sha256) is not null;

    /// <summary>Number of lines of the file; null if it does not exist, or differs from the recorded one.</summary>
    public static long? LinesOf(string path, long bytes, HashKind kind, string hash)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length != bytes || FileKinds.Of(path) != FileKind.File)
                return null;
            var found = Read(path, kind);
            return found.Hash == hash ? found.Lines : null;
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return null;
        }
    }

    private static (string Hash, long Lines) Read(string path, HashKind kind)
    {
        using var hash = new BlockHash(kind);
        using var file = DurableFile.Read(path);
        var block = new byte[BlockBuffer.DefaultSize];
        var lines = 0L;
        for (int read; (read = file.Read(block, 0, block.Length)) > 0;)
        {
            hash.Add(block, read);
            lines += Lines.Count(block.AsSpan(0, read));
        }
        return (hash.Finish(), lines);
    }
}
