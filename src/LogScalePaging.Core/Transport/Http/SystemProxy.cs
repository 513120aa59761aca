using System.Net;

namespace LogScalePaging.Transport.Http;

/// <summary>The system's proxy, with credentials that record which schemes it offers.</summary>
internal sealed class SystemProxy(IWebProxy system, ICredentials credentials) : IWebProxy
{
    public ICredentials? Credentials { get; set; } = credentials;

    public Uri? GetProxy(Uri destination) => system.GetProxy(destination);

    public bool IsBypassed(Uri host) => system.IsBypassed(host);
}
