namespace LogScalePaging.Transport.Errors;

/// <summary>What on the way to the server has to be put right by a person; repeating does not help.</summary>
public enum NetworkProblem
{
    /// <summary>The server's certificate is expired, or not valid yet.</summary>
    CertificateExpired,
    /// <summary>The server's certificate is for another name.</summary>
    CertificateName,
    /// <summary>The server's certificate leads to no authority that is trusted here.</summary>
    CertificateUntrusted,
    /// <summary>The proxy asks for credentials, or does not take those that it was given.</summary>
    ProxyCredentials,
    /// <summary>The proxy does not let this through.</summary>
    ProxyRefused,
}
