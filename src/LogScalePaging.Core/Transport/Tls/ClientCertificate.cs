using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LogScalePaging.Common;
using LogScalePaging.Transport.Secrets;

namespace LogScalePaging.Transport.Tls;

/// <summary>Loads a client certificate.</summary>
public static class ClientCertificate
{
    /// <summary>Environment variable with the password of a certificate file.</summary>
    public const string PasswordVariable = "LOGSCALE_CERTIFICATE_PASSWORD";

    private const string PemMark = "-----BEGIN ";

    /// <summary>Reads a PFX (PKCS #12) file or, on .NET 8 and later, a PEM file that holds the certificate and its key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">Its password; null for none.</param>
    /// <exception cref="ArgumentException">The file cannot be read, the password is wrong, or there is no private key in it.</exception>
    public static X509Certificate2 Load(string path, SecureString? password = null)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = File.ReadAllText(path).Contains(PemMark)
                ? FromPem(path, password)
                : new X509Certificate2(path, password is null ? "" : SecretText.Reveal(password));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The certificate file '{Printable.Line(path)}' cannot be read: {Printable.Line(e.Message)}", e);
        }
        // The inner message is not shown, because it may be only an error number.
        catch (CryptographicException e)
        {
            throw new ArgumentException($"The certificate file '{Printable.Line(path)}' cannot be opened. The password is missing or "
                + "wrong, or the file is neither a PFX file nor a PEM file with a certificate and a private key.", e);
        }
        if (certificate.HasPrivateKey)
            return certificate;
        certificate.Dispose();
        throw new ArgumentException($"The certificate file '{Printable.Line(path)}' has no private key. A client certificate requires "
            + "its private key.");
    }

#if NET8_0_OR_GREATER
    private static X509Certificate2 FromPem(string path, SecureString? password)
    {
        using var pem = password is null
            ? X509Certificate2.CreateFromPemFile(path)
            : X509Certificate2.CreateFromEncryptedPemFile(path, SecretText.Reveal(password));
        // TLS on Windows cannot use a key that is only in memory.
        return new X509Certificate2(pem.Export(X509ContentType.Pfx));
    }
#else
    private static X509Certificate2 FromPem(string path, SecureString? _) =>
        throw new ArgumentException($"The certificate file '{Printable.Line(path)}' is a PEM file, which requires PowerShell 7. Convert "
            + "it to a PFX file: openssl pkcs12 -export -in cert.pem -inkey key.pem -out cert.pfx");
#endif
}
