using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LogScalePaging.Transport.Tls;

/// <summary>
/// Trusts certificates that the system trusts, and certificates that lead to a root of a bundle. A wrong name or an expired certificate
/// is still refused, because the bundle only adds authorities.
/// </summary>
internal sealed class CertificateTrust(X509Certificate2Collection bundle)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>What was wrong with the last refused certificate. With a callback, the runtime's own message does not say it.</summary>
    public string? LastProblem { get; private set; }

    public bool Check(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        var problem = errors.ToString();
        if (errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is not null)
        {
            // The certificate of the callback belongs to the handshake. Certificates that are created here are disposed here.
            using var leaf = new X509Certificate2(certificate);
            if (LeadsToBundle(leaf, chain, out problem))
                return true;
        }
        LastProblem = problem;
        return false;
    }

    private bool LeadsToBundle(X509Certificate2 leaf, X509Chain? sent, out string problem)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        policy.ExtraStore.AddRange(bundle);
        if (sent is not null)
        {
            policy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
            foreach (var element in sent.ChainElements)
                policy.ExtraStore.Add(element.Certificate);
        }
#if NET8_0_OR_GREATER
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(bundle);
        var good = chain.Build(leaf);
#else
        policy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        var good = chain.Build(leaf) && Holds(chain.ChainElements[chain.ChainElements.Count - 1].Certificate);
#endif
        problem = string.Join(", ", chain.ChainStatus.Select(s => s.Status.ToString()).Distinct());
        foreach (var element in chain.ChainElements)
            element.Certificate.Dispose();
        return good;
    }

#if !NET8_0_OR_GREATER
    private bool Holds(X509Certificate2 root)
    {
        foreach (var trusted in bundle)
        {
            if (trusted.RawData.AsSpan().SequenceEqual(root.RawData))
                return true;
        }
        return false;
    }
#endif
}
