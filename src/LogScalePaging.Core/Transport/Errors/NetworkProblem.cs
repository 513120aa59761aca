namespace LogScalePaging.Transport.Errors;

/// <summary>A problem between this machine and the server that a person must fix. A retry does not help.</summary>
public enum NetworkProblem
{
    /// <summary>The server's certificate is expired, or not valid yet.</summary>
    CertificateExpired,
    /// <summary>The server's certificate is for another name.</summary>
    CertificateName,
    /// <summary>The server's certificate comes from an authority that is not trusted here.</summary>
    CertificateUntrusted,
    /// <summary>The proxy needs credentials, or refuses those that it got.</summary>
    ProxyCredentials,
    /// <summary>The proxy refuses the connection.</summary>
    ProxyRefused,
}
