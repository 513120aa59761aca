using System.Net;

namespace LogScalePaging.Transport.Http;

/// <summary>The proxy that the user named, for every address: the framework's own passes by for local ones unasked.</summary>
internal sealed class FixedProxy(Uri address, ICredentials? credentials) : IWebProxy
{
    public ICredentials? Credentials { get; set; } = credentials;

    public Uri GetProxy(Uri destination) => address;

    public bool IsBypassed(Uri host) => false;
}
