using System.Net;
using System.Security.Authentication;
using LogScalePaging.Transport.Tls;

#pragma warning disable CA5359 // SkipCertificateCheck accepts any certificate, and every run warns about it.

namespace LogScalePaging.Transport.Http;

/// <summary>Creates the HTTP handler of a connection.</summary>
internal static class HandlerFactory
{
    // Long enough to reuse connections, and short enough to notice a changed DNS entry.
    private static readonly TimeSpan s_connectionLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_longestConnect = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection attempt may take. A host that does not answer is reported sooner than a slow answer.</summary>
    public static TimeSpan ConnectTimeout(ApiTransportOptions options) =>
        options.Timeout < s_longestConnect ? options.Timeout : s_longestConnect;

    /// <summary>The credentials for the proxy of a connection. The environment has priority over the options.</summary>
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
            // This only counts. It is the only place that sees each new connection.
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
            // Only the handler itself can use several proxies from a proxy script.
            handler.DefaultProxyCredentials = options.ProxyCredential;
        else
            handler.Proxy = new SystemProxy(HttpClient.DefaultProxy, proxyCredentials ?? Credentials(options));
        // macOS refuses TLS 1.3 by name. Elsewhere the system uses the highest version of the range.
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
            // The default of .NET Framework is two.
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
        ServicePointManager.FindServicePoint(options.BaseUrl, handler.Proxy).ConnectionLeaseTimeout =
            (int)s_connectionLife.TotalMilliseconds;
        return handler;
    }
#endif
}
