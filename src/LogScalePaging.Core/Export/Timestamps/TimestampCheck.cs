using System.Globalization;
using LogScalePaging.Export.Files;
using LogScalePaging.Transport.Tls;

namespace LogScalePaging.Export.Timestamps;

/// <summary>Reads <c>OUTPUT.manifest.json.tsr</c> and compares it with the manifest.</summary>
internal static class TimestampCheck
{
    // As much as an authority may send.
    private const long MostBytes = 1 << 20;

    /// <summary>Reads the timestamp of a manifest.</summary>
    /// <param name="path">The timestamp.</param>
    /// <param name="manifestPath">The manifest.</param>
    /// <param name="demand">What is asked of it.</param>
    /// <returns>What it says; null if there is no timestamp.</returns>
    /// <exception cref="ArgumentException">The file with the trusted certificates cannot be used.</exception>
    public static TimestampReading? Read(string path, string manifestPath, TimestampDemand? demand)
    {
        // A wrong path must not go unnoticed only because there is no timestamp.
        if (demand?.TrustPath is { } trust)
            PemFile.Certificates(trust);
        var kind = FileKinds.Behind(path);
        if (kind == FileKind.None)
            return null;
        if (kind != FileKind.File)
            return Problem($"It is {FileKinds.Name(kind)}.");
        try
        {
            return new FileInfo(path).Length > MostBytes
                ? Problem("It is too large.")
                : Read(File.ReadAllBytes(path), File.ReadAllBytes(manifestPath), demand);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return Problem($"It cannot be read: {e.Message}");
        }
    }

    /// <summary>The time of a timestamp in UTC.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static TimestampReading Problem(string why) => new(null, null, why);

    private static TimestampReading Read(byte[] timestamp, byte[] manifest, TimestampDemand? demand) =>
#if NET8_0_OR_GREATER
        TimestampToken.Read(timestamp, manifest, demand is { IsRequired: true } or { TrustPath: not null } ? demand : null);
#else
        demand is { IsRequired: true } or { TrustPath: not null }
            ? Problem(TimestampServer.Unsupported)
            : new TimestampReading(null, null, null);
#endif
}
