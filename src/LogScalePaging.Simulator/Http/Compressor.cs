using System.IO.Compression;

namespace LogScalePaging.Simulator.Http;

/// <summary>Content encodings that a client accepts.</summary>
internal static class Compressor
{
    /// <summary>The encoding to use; null for none.</summary>
    public static string? Choose(string? acceptEncoding)
    {
        if (acceptEncoding is null)
            return null;
        var accepted = acceptEncoding.Split(',').Select(e => e.Split(';'))
            .Where(e => !e.Skip(1).Any(p => p.Replace(" ", "") is "q=0" or "q=0.0" or "q=0.00" or "q=0.000"))
            .Select(e => e[0].Trim().ToLowerInvariant()).ToList();
#if NET
        string[] known = ["br", "gzip", "deflate"];
#else
        string[] known = ["gzip"];
#endif
        return known.FirstOrDefault(accepted.Contains);
    }

    public static Stream Wrap(Stream stream, string encoding) => encoding switch
    {
#if NET
        "br" => new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true),
#endif
        _ => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true),
    };
}
