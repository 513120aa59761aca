#if NET8_0_OR_GREATER
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using LogScalePaging.Common;
using LogScalePaging.Transport.Tls;

namespace LogScalePaging.Export.Timestamps;

/// <summary>Requests and reads timestamps of RFC 3161.</summary>
internal static class TimestampToken
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    // SHA-256, SHA-384 and SHA-512. Two manifests with the same weaker hash could be made.
    private static readonly string[] s_hashes = ["2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"];

    /// <summary>A request for a timestamp over the SHA-256 of a content, with a nonce, that asks for the certificate.</summary>
    public static Rfc3161TimestampRequest Request(byte[] content) =>
        Rfc3161TimestampRequest.CreateFromData(content, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(8),
            requestSignerCertificates: true);

    /// <summary>Checks the answer to a request.</summary>
    /// <returns>Why it is not a timestamp for the request, as a sentence; null if it is.</returns>
    public static string? Problem(Rfc3161TimestampRequest request, byte[] answer, byte[] content)
    {
        try
        {
            // This compares the hash, the nonce and the policy with the request.
            request.ProcessResponse(answer, out var read);
            return read == answer.Length ? Read(answer, content, demand: null).Problem : "The answer is longer than its timestamp.";
        }
        catch (CryptographicException e)
        {
            return $"The answer is not a timestamp for this request: {Printable.Line(e.Message)}";
        }
    }

    /// <summary>Reads a timestamp: the answer of an authority, or only the token in it.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="content">What it must be about.</param>
    /// <param name="demand">Whose certificates are trusted; null if the certificate is not checked.</param>
    /// <exception cref="ArgumentException">The file with the trusted certificates cannot be used.</exception>
    public static TimestampReading Read(byte[] bytes, byte[] content, TimestampDemand? demand)
    {
        if (Decode(bytes) is not { } token)
            return new(null, null, "It is not a timestamp of RFC 3161.");
        var info = token.TokenInfo;
        var time = info.Timestamp;
        if (!s_hashes.Contains(info.HashAlgorithmId.Value))
            return new(time, null, "It uses a hash that is too weak. SHA-256, SHA-384 and SHA-512 are accepted.");
        if (!info.GetMessageHash().Span.SequenceEqual(Hash(info.HashAlgorithmId.Value!, content)))
            return new(time, null,
                "It belongs to other content: the manifest was changed after the timestamp was made, or the timestamp is of another "
                    + "manifest.");
        X509Certificate2? signer;
        try
        {
            if (!token.VerifySignatureForData(content, out signer))
                return new(time, null, "Its signature is not valid, or its certificate is not one for timestamps.");
        }
        catch (CryptographicException e)
        {
            return new(time, null, $"Its signature cannot be checked: {Printable.Line(e.Message)}");
        }
        return new(time, Printable.Line(signer.Subject), demand is null ? null : Distrust(signer, token, demand));
    }

    private static Rfc3161TimestampToken? Decode(byte[] bytes)
    {
        try
        {
            var reader = new AsnReader(bytes, AsnEncodingRules.BER);
            var body = reader.ReadSequence();
            // TimeStampResp is a status and the token; a token begins with the identifier of its type.
            if (body.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            {
                body.ReadEncodedValue();
                bytes = body.ReadEncodedValue().ToArray();
            }
            return Rfc3161TimestampToken.TryDecode(bytes, out var token, out _) ? token : null;
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return null;
        }
    }

    private static byte[] Hash(string algorithm, byte[] content) => Array.IndexOf(s_hashes, algorithm) switch
    {
        0 => SHA256.HashData(content),
        1 => SHA384.HashData(content),
        _ => SHA512.HashData(content),
    };

    private static string? Distrust(X509Certificate2 signer, Rfc3161TimestampToken token, TimestampDemand demand)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        // Nothing is fetched, so a verification needs no network, and no server learns of it.
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.ApplicationPolicy.Add(new Oid(TimeStamping));
        // The certificate of an old timestamp may have expired meanwhile.
        policy.VerificationTime = token.TokenInfo.Timestamp.UtcDateTime;
        policy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        if (demand.TrustPath is { } path)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(PemFile.Certificates(path));
        }
        if (chain.Build(signer))
            return null;
        var why = chain.ChainStatus.Select(s => Printable.Line(s.StatusInformation.Trim())).FirstOrDefault() ?? "the chain is not complete";
        return $"Its certificate '{Printable.Line(signer.Subject)}' is not trusted: {why}";
    }
}
#endif
