using System.Security.Cryptography;

namespace LogScalePaging.Export;

internal static class FileHash
{
    /// <summary>Lower-case hexadecimal SHA-256 of a file.</summary>
    public static string Sha256(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = DurableFile.Read(path);
        var block = new byte[BlockBuffer.DefaultSize];
        for (int read; (read = file.Read(block, 0, block.Length)) > 0;)
            hash.AppendData(block, 0, read);
        return Hex.Lower(hash.GetHashAndReset());
    }

    /// <summary>True when a file is there and is the one that was recorded. One that cannot be read is not.</summary>
    public static bool Is(string path, long bytes, string sha256)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length == bytes && FileKinds.Of(path) == FileKind.File && Sha256(path) == sha256;
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return false;
        }
    }
}
