using System.Net;
using System.Net.Sockets;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;
using LogScalePaging.Transport.Secrets;
using LogScalePaging.Transport.Tls;
using LogScalePaging.Transport.Tokens;
using Polly;

namespace LogScalePaging.Transport;

/// <summary>What all views of one connection share: client, governor, retry, circuit, tokens.</summary>
internal sealed class Connection : IDisposable, IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _configured;
    private Uri _baseUrl;
    private int _unanswered;
    private volatile bool _isClosed;

    public Connection(ApiTransportOptions options)
    {
        _configured = _baseUrl = Validate(options);
        Options = options;
        ProxySecrets.Keep(options, Environment.GetEnvironmentVariable);
        Trust = options.CaBundle is { } bundle ? new CertificateTrust(PemFile.Certificates(bundle)) : null;
        Governor = new RateGovernor(options.ThrottleLimit, options.Time);
        Server = new ServerClock(options.Time);
        var retry = RetryPolicy.Create(
            "LogScalePaging.Request", options.MaxRetryCount, options.Time,
            static (exception, context) => ApiCall.Of(context).ShouldRetryAsync(exception),
            static exception => ApiCall.AskedWait(exception),
            static (wait, context) => ApiCall.Of(context).Shorten(wait),
            static (exception, attempt, wait, context) => ApiCall.Of(context).OnRetry(exception, attempt, wait));
        Pipeline = CircuitPolicy.Behind(retry, options.Time, static context => ApiCall.Of(context).OnServerGone());
        ProxyCredentials = HandlerFactory.Credentials(options);
        // This library has its own time limits. The client's timeout would include the time of a slow reader.
        _client = new HttpClient(new CookieHandler(HandlerFactory.Create(options, Trust, Counters, ProxyCredentials))) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The base URL, with the host of the account's cloud once that is known.</summary>
    public Uri BaseUrl
    {
        get
        {
            var url = Volatile.Read(ref _baseUrl);
            if (Options.Tokens is not IHomeFinder { Home: { } home } || home.GetLeftPart(UriPartial.Authority) == url.GetLeftPart(UriPartial.Authority))
                return url;
            url = new Uri(home.GetLeftPart(UriPartial.Authority) + _configured.AbsolutePath);
            Volatile.Write(ref _baseUrl, url);
            return url;
        }
    }

    public ApiTransportOptions Options { get; }

    /// <summary>True after the connection was disposed: running requests end, and no more are sent.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Removes the secrets of the connection from all texts.</summary>
    public SecretCleaner Secrets => Options.Secrets;

    public RateGovernor Governor { get; }

    /// <summary>Lets one large answer be read at a time.</summary>
    public SemaphoreSlim LargeAnswers { get; } = new(1, 1);

    public ServerClock Server { get; }

    public ConnectionCounters Counters { get; } = new();

    /// <summary>How many attempts in a row, of all views, got no answer.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>The retries, with the circuit inside them.</summary>
    public ResiliencePipeline Pipeline { get; }

    public CertificateTrust? Trust { get; }

    /// <summary>The credentials for the proxy, and the schemes that it offers.</summary>
    public ProxyCredentials ProxyCredentials { get; }

    public ValueTask<string> TokenAsync(SignalLog signals, CancellationToken cancellationToken)
    {
        if (Options.Tokens is ISignallingTokenSource telling)
            return telling.GetAsync(signals, cancellationToken);
        return Options.Tokens.GetAsync(cancellationToken);
    }

    public ValueTask<bool> RefusedAsync(string token, SignalLog signals, CancellationToken cancellationToken)
    {
        if (Options.Tokens is ISignallingTokenSource telling)
            return telling.RefusedAsync(token, signals, cancellationToken);
        return Options.Tokens.RefusedAsync(token, cancellationToken);
    }

    /// <summary>Records the result of an attempt; null if an answer was read.</summary>
    public void Tried(ApiException? failure)
    {
        if (CircuitPolicy.IsUnanswered(failure))
            Interlocked.Increment(ref _unanswered);
        else
            Volatile.Write(ref _unanswered, 0);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) =>
        _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose()
    {
        _isClosed = true;
        _client.Dispose();
        (Options.Tokens as IDisposable)?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        _client.Dispose();
        if (Options.Tokens is IAsyncDisposable tokens)
            await tokens.DisposeAsync().ConfigureAwait(false);
        else
            (Options.Tokens as IDisposable)?.Dispose();
    }

    // Other names that resolve to this machine now may resolve to another one later.
    private static bool IsThisMachine(Uri url) => IPAddress.TryParse(url.DnsSafeHost, out var address)
        ? address.AddressFamily == AddressFamily.InterNetwork ? address.GetAddressBytes()[0] == 127 : address.Equals(IPAddress.IPv6Loopback)
        : string.Equals(url.DnsSafeHost, "localhost", StringComparison.OrdinalIgnoreCase);

    private static Uri Validate(ApiTransportOptions options)
    {
        var url = options.BaseUrl;
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException("The base URL must begin with https:// or http://.", nameof(options));
        if (url.Scheme == Uri.UriSchemeHttp && !options.AllowUnencryptedAuthentication && !IsThisMachine(url))
            throw new UnencryptedAuthenticationException(Printable.Line(url.Host));
        // They would appear in messages and files.
        if (url.UserInfo.Length > 0)
            throw new ArgumentException("The base URL must not contain a user name or password.", nameof(options));
        if (options.Proxy is { UserInfo.Length: > 0 })
            throw new ArgumentException("The proxy address contains a user name or password, which would be shown with the connection. "
                + "Set HTTPS_PROXY instead.", nameof(options));
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(nameof(options), options.Timeout, "The timeout must be between 1 s and 1 h.");
        if (options.MaxRetryCount is < 0 or > 100)
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxRetryCount, "The retry count must be between 0 and 100.");
        if (options.ThrottleLimit is < 1 or > 1000)
            throw new ArgumentOutOfRangeException(nameof(options), options.ThrottleLimit, "The throttle limit must be between 1 and 1,000.");
        var path = url.GetLeftPart(UriPartial.Path);
        return new Uri(path.EndsWith("/", StringComparison.Ordinal) ? path : path + "/");
    }
}
