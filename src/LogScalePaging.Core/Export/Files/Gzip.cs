using System.IO.Compression;

namespace LogScalePaging.Export.Files;

internal static class Gzip
{
    // The gzip form of no data. .NET writes no bytes in this case, which gunzip refuses as truncated.
    private static readonly byte[] s_empty = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Ends the compressed stream and leaves the file open.</summary>
    public static void Finish(GZipStream gzip, Stream file)
    {
        gzip.Dispose();
        if (file.Length == 0)
            file.Write(s_empty, 0, s_empty.Length);
    }
}
