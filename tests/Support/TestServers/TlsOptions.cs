namespace LogScalePaging.TestServers;

/// <summary>
/// Settings of a simulated server's certificate, which a private root issues through an intermediate. Read at the start.
/// </summary>
public sealed class TlsOptions
{
    /// <summary>The name of the certificate. The server is reached as localhost, so any other name is wrong.</summary>
    public string HostName { get; set; } = "localhost";

    /// <summary>Whether the certificate is expired.</summary>
    public bool Expired { get; set; }

    /// <summary>Whether the intermediate is sent too, as a well-configured server does.</summary>
    public bool SendIntermediate { get; set; } = true;
}
