#if NET
using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace LogScalePaging.TestServers;

/// <summary>A timestamp authority (RFC 3161) on this machine. Its answers can be made wrong.</summary>
public sealed class TimestampAuthority : IDisposable
{
    private const string TstInfo = "1.2.840.113549.1.9.16.1.4";
    private const string Policy = "1.3.6.1.4.1.99999.1";
    private static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();
    private readonly HttpListener _listener;
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _signer;
    private int _serial;

    /// <summary>Starts it.</summary>
    public TimestampAuthority()
    {
        _root = Root();
        _signer = Signer(_root, "1.3.6.1.5.5.7.3.8");
        (_listener, Url) = Listen();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>Its address, without a slash at the end, as authorities state theirs.</summary>
    public Uri Url { get; }

    /// <summary>The certificate to trust.</summary>
    public string Pem => _root.ExportCertificatePem() + "\n";

    /// <summary>The requests so far: content type, and the headers that could hold a credential.</summary>
    public IList<string> Requests { get; } = [];

    /// <summary>Called before each answer.</summary>
    public Action? BeforeAnswer { get; set; }

    /// <summary>Changes the answer before it is sent.</summary>
    public Func<byte[], byte[]> Change { get; set; } = static answer => answer;

    /// <summary>Makes the answer to a request instead of this class.</summary>
    public Func<byte[], byte[]>? Answer { get; set; }

    /// <summary>The status of the HTTP answer.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Put another nonce than that of the request into the answer.</summary>
    public bool WrongNonce { get; set; }

    /// <summary>Put another hash than that of the request into the answer.</summary>
    public bool WrongHash { get; set; }

    /// <summary>Refuse each request, as RFC 3161 describes.</summary>
    public bool Refuses { get; set; }

    /// <summary>Sign with a certificate that is not for timestamps.</summary>
    public bool WrongPurpose { get; set; }

    /// <summary>Leave the certificates out.</summary>
    public bool WithoutCertificates { get; set; }

    /// <summary>The time of the next timestamps.</summary>
    public DateTimeOffset Time { get; set; } = s_now;

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Close();
        _signer.Dispose();
        _root.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync().ConfigureAwait(false);
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body).ConfigureAwait(false);
                Requests.Add(
                    $"{context.Request.HttpMethod} {context.Request.RawUrl} {context.Request.ContentType} {context.Request.Headers["Authorization"]}{context.Request.Headers["Cookie"]}");
                BeforeAnswer?.Invoke();
                context.Response.StatusCode = Status;
                context.Response.ContentType = "application/timestamp-reply";
                var answer = Change(Answer is null ? Reply(body.ToArray()) : Answer(body.ToArray()));
                await context.Response.OutputStream.WriteAsync(answer).ConfigureAwait(false);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // It is being closed, or the client has gone.
            }
        }
    }

    private byte[] Reply(byte[] body)
    {
        if (!Rfc3161TimestampRequest.TryDecode(body, out var request, out _))
            throw new InvalidDataException("The body is not a request for a timestamp.");
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
                writer.WriteInteger(Refuses ? 2 : 0);
            if (!Refuses)
                writer.WriteEncodedValue(Token(request));
        }
        return writer.Encode();
    }

    private byte[] Token(Rfc3161TimestampRequest request)
    {
        using var other = WrongPurpose ? Signer(_root, "1.3.6.1.5.5.7.3.1") : null;
        var certificate = other ?? _signer;
        var signed = new SignedCms(new ContentInfo(new Oid(TstInfo), Info(request)));
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            IncludeOption = WithoutCertificates ? X509IncludeOption.None : X509IncludeOption.WholeChain,
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
        };
        signer.SignedAttributes.Add(new AsnEncodedData(new Oid("1.2.840.113549.1.9.16.2.47"), SigningCertificate(certificate)));
        signed.ComputeSignature(signer);
        return signed.Encode();
    }

    private byte[] Info(Rfc3161TimestampRequest request)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier(Policy);
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(request.HashAlgorithmId.Value!);
                    writer.WriteNull();
                }
                writer.WriteOctetString(WrongHash ? new byte[32] : request.GetMessageHash().Span);
            }
            writer.WriteInteger(++_serial);
            writer.WriteGeneralizedTime(Time, omitFractionalSeconds: true);
            if (request.GetNonce() is { } nonce)
                writer.WriteInteger(WrongNonce ? [7] : nonce.Span);
        }
        return writer.Encode();
    }

    private static byte[] SigningCertificate(X509Certificate2 certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        return writer.Encode();
    }

    private static X509Certificate2 Root()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test Timestamp Root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(s_now.AddDays(-10), s_now.AddDays(10));
    }

    private static X509Certificate2 Signer(X509Certificate2 root, string purpose)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Test Timestamp Authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: true));
        using var issuer = root.GetECDsaPrivateKey()!;
        using var issued = request.Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(issuer), s_now.AddDays(-9),
            s_now.AddDays(9), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    private static (HttpListener Listener, Uri Url) Listen()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        var listener = new HttpListener();
        listener.Prefixes.Add(url);
        listener.Start();
        return (listener, new Uri(url + "tsa"));
    }
}
#endif
