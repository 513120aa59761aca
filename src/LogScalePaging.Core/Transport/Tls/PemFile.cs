using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LogScalePaging.Transport.Tls;

/// <summary>Reads the certificates of a PEM file; .NET Standard 2.0 cannot.</summary>
internal static class PemFile
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";

    /// <summary>All certificates of the file. Text between them is ignored, as in OpenSSL.</summary>
    /// <exception cref="ArgumentException">The file cannot be read or holds no certificate.</exception>
    public static X509Certificate2Collection Certificates(string path)
    {
        try
        {
            var certificates = Parse(File.ReadAllText(path));
            return certificates.Count > 0
                ? certificates
                : throw new ArgumentException($"The CA bundle '{path}' contains no certificate. It must be a PEM file with '{Begin}'.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or CryptographicException)
        {
            throw new ArgumentException($"The CA bundle '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static X509Certificate2Collection Parse(string text)
    {
        var certificates = new X509Certificate2Collection();
        for (var begin = Find(text, Begin, 0); begin >= 0; begin = Find(text, Begin, begin))
        {
            begin += Begin.Length;
            var end = Find(text, End, begin);
            if (end < 0)
                throw new FormatException($"'{End}' is missing.");
            certificates.Add(new X509Certificate2(Convert.FromBase64String(text.Substring(begin, end - begin))));
        }
        return certificates;
    }

    private static int Find(string text, string mark, int from) => text.IndexOf(mark, from, StringComparison.Ordinal);
}
