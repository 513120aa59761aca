using System.Net;

namespace LogScalePaging.Transport.Http;

/// <summary>A proxy for every address. The framework's own class bypasses the proxy for local addresses.</summary>
internal sealed class FixedProxy(Uri address, ICredentials? credentials) : IWebProxy
{
    public ICredentials? Credentials { get; set; } = credentials;

    public Uri GetProxy(Uri destination) => address;

    public bool IsBypassed(Uri host) => false;
}
