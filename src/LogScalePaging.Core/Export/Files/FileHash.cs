using System.Security.Cryptography;
using LogScalePaging.Common;

namespace LogScalePaging.Export.Files;

internal static class FileHash
{
    /// <summary>Lower-case hexadecimal SHA-256 of a file.</summary>
    public static string Sha256(string path) => Read(path).Sha256;

    /// <summary>True if the file exists and equals the recorded one. A file that cannot be read does not.</summary>
    public static bool Is(string path, long bytes, string sha256) => LinesOf(path, bytes, sha256) is not null;

    /// <summary>Number of lines of the file; null if it does not exist, or differs from the recorded one.</summary>
    public static long? LinesOf(string path, long bytes, string sha256)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length != bytes || FileKinds.Of(path) != FileKind.File)
                return null;
            var found = Read(path);
            return found.Sha256 == sha256 ? found.Lines : null;
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return null;
        }
    }

    private static (string Sha256, long Lines) Read(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = DurableFile.Read(path);
        var block = new byte[BlockBuffer.DefaultSize];
        var lines = 0L;
        for (int read; (read = file.Read(block, 0, block.Length)) > 0;)
        {
            hash.AppendData(block, 0, read);
            lines += Lines.Count(block.AsSpan(0, read));
        }
        return (Hex.Lower(hash.GetHashAndReset()), lines);
    }
}
