#if NET
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LogScalePaging.TestServers;

/// <summary>A server's certificate, created in memory together with its private authority.</summary>
public sealed class TlsServer : IDisposable
{
    // Clients check a certificate by the machine's clock, not by the simulator's.
    private static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;
    private readonly X509Certificate2 _leaf;
    private readonly SslStreamCertificateContext _context;

    public TlsServer(TlsOptions options)
    {
        _root = Make("CN=Simulator Root", null, isAuthority: true);
        _intermediate = Make("CN=Simulator Intermediate", _root, isAuthority: true);
        _leaf = Make("CN=" + options.HostName, _intermediate, isAuthority: false, options.HostName, options.Expired);
        _context = SslStreamCertificateContext.Create(_leaf, options.SendIntermediate ? [_intermediate] : null, offline: true);
    }

    /// <summary>The root, and after it the intermediate.</summary>
    public string Pem => _root.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem() + "\n";

    /// <summary>Secures a connection as the server: for <c>SimulatorOptions.Secure</c>.</summary>
    public async Task<Stream> SecureAsync(Stream stream, CancellationToken cancellation)
    {
        var secure = new SslStream(stream);
        try
        {
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = _context },
                cancellation).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public void Dispose()
    {
        _leaf.Dispose();
        _intermediate.Dispose();
        _root.Dispose();
    }

    private static X509Certificate2 Make(string subject, X509Certificate2? issuer, bool isAuthority, string? name = null,
        bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (name is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        }
        if (issuer is null)
            return request.CreateSelfSigned(s_now.AddYears(-2), s_now.AddYears(2));
        using var issued = request.Create(issuer, s_now.AddYears(-1), expired ? s_now.AddDays(-1) : s_now.AddYears(1),
            RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        // TLS on Windows cannot use a key that is only in memory.
        return new X509Certificate2(whole.Export(X509ContentType.Pfx));
    }
}
#endif
