using System.Net;
using System.Security.Authentication;
using LogScalePaging.Transport.Tls;

#pragma warning disable CA5359 // Taking any certificate is what SkipCertificateCheck asks for; every run warns of it.

namespace LogScalePaging.Transport.Http;

/// <summary>Makes the HTTP handler of a connection.</summary>
internal static class HandlerFactory
{
    // Long enough to reuse connections, short enough to notice that a name points elsewhere now.
    private static readonly TimeSpan s_connectionLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_longestConnect = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection attempt may take: a host that does not answer at all is told sooner than a slow answer.</summary>
    public static TimeSpan ConnectTimeout(ApiTransportOptions options) =>
        options.Timeout < s_longestConnect ? options.Timeout : s_longestConnect;

    /// <summary>The credentials for the proxy of a connection. Those in the environment come before those of the options.</summary>
    public static ProxyCredentials Credentials(ApiTransportOptions options) =>
#if NET8_0_OR_GREATER
        new(options.Proxy is null && HttpClient.DefaultProxy.Credentials is { } known ? known : options.ProxyCredential);
#else
        new(options.ProxyCredential);
#endif

#if NET8_0_OR_GREATER
    public static HttpMessageHandler Create(
        ApiTransportOptions options, CertificateTrust? trust, ConnectionCounters counters, ProxyCredentials? proxyCredentials = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            PooledConnectionLifetime = s_connectionLife,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            MaxConnectionsPerServer = Math.Max(64, options.ThrottleLimit),
            ConnectTimeout = ConnectTimeout(options),
            // Changes nothing: it is the one place that sees each new connection.
            PlaintextStreamFilter = (context, _) =>
            {
                counters.Opened();
                return new ValueTask<Stream>(context.PlaintextStream);
            },
        };
        if (options.ClientCertificate is { } certificate)
            handler.SslOptions.ClientCertificates = [certificate];
        if (options.Proxy is { } proxy)
            handler.Proxy = new FixedProxy(proxy, proxyCredentials ?? Credentials(options));
        else if (OperatingSystem.IsWindows())
            // The handler's own way knows the several proxies that a script may name.
            handler.DefaultProxyCredentials = options.ProxyCredential;
        else
            handler.Proxy = new SystemProxy(HttpClient.DefaultProxy, proxyCredentials ?? Credentials(options));
        // TLS 1.3 by name is refused by macOS; the system picks the highest it has within the range elsewhere.
        handler.SslOptions.EnabledSslProtocols = OperatingSystem.IsMacOS() ? SslProtocols.Tls12 : SslProtocols.Tls12 | SslProtocols.Tls13;
        if (options.SkipCertificateCheck)
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        else if (trust is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, server, chain, errors) => trust.Check(server, chain, errors);
        return handler;
    }
#else
    public static HttpMessageHandler Create(
        ApiTransportOptions options, CertificateTrust? trust, ConnectionCounters _, ProxyCredentials? proxyCredentials = null)
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            // .NET Framework would take two.
            MaxConnectionsPerServer = Math.Max(64, options.ThrottleLimit),
            SslProtocols = SslProtocols.Tls12,
        };
        if (options.ClientCertificate is { } client)
            handler.ClientCertificates.Add(client);
        if (options.Proxy is { } proxy)
            handler.Proxy = new FixedProxy(proxy, proxyCredentials ?? Credentials(options));
        else if (options.ProxyCredential is not null)
            handler.DefaultProxyCredentials = options.ProxyCredential;
        if (options.SkipCertificateCheck)
            handler.ServerCertificateCustomValidationCallback = static (_, _, _, _) => true;
        else if (trust is not null)
            handler.ServerCertificateCustomValidationCallback = (_, certificate, chain, errors) => trust.Check(certificate, chain, errors);
        ServicePointManager.FindServicePoint(options.BaseUrl, handler.Proxy).ConnectionLeaseTimeout = (int)s_connectionLife.TotalMilliseconds;
        return handler;
    }
#endif
}
