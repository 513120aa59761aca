using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LogScalePaging.Core.Tests.Support;

/// <summary>A private authority: a root, an intermediate, and valid, expired and wrong certificates for localhost.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();
    private readonly X509Certificate2 _root = Root("CN=Test Root");
    private readonly X509Certificate2 _intermediate;
    private readonly List<string> _files = [];

    public TestCertificates() => _intermediate = Issue(_root, "CN=Test Intermediate", isAuthority: true);

    /// <summary>PEM file with the root between text and another root, as bundles are.</summary>
    public string Bundle(bool withIntermediate = false)
    {
        using var other = Root("CN=Other Root");
        var path = Path.GetTempFileName();
        _files.Add(path);
        File.WriteAllText(path,
            $"# Corporate roots\n{other.ExportCertificatePem()}\n# ours\n{_root.ExportCertificatePem()}\n{(withIntermediate ? _intermediate.ExportCertificatePem() : "")}");
        return path;
    }

    /// <summary>A server's certificate, sent with or without the intermediate that it hangs on.</summary>
    public SslStreamCertificateContext Server(string name = "localhost", bool expired = false, bool sendIntermediate = true)
    {
        var leaf = Issue(_intermediate, $"CN={name}", isAuthority: false, name, expired);
        return SslStreamCertificateContext.Create(leaf, sendIntermediate ? [_intermediate] : null, offline: true);
    }

    /// <summary>A client's certificate with its key.</summary>
    public X509Certificate2 Client() => Issue(_intermediate, "CN=a client", isAuthority: false);

    public void Dispose()
    {
        _root.Dispose();
        _intermediate.Dispose();
        _files.ForEach(File.Delete);
    }

    private static X509Certificate2 Root(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(subject, key, isAuthority: true);
        return request.CreateSelfSigned(s_now.AddYears(-2), s_now.AddYears(2));
    }

    private static X509Certificate2 Issue(X509Certificate2 issuer, string subject, bool isAuthority, string? name = null,
        bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(subject, key, isAuthority);
        if (name is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        }
        var end = expired ? s_now.AddDays(-1) : s_now.AddYears(1);
        using var issued = request.Create(issuer, s_now.AddYears(-1), end, RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        // A key that lives in memory alone does not serve TLS on Windows.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }

    private static CertificateRequest Request(string subject, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }
}
