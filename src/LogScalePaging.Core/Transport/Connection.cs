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

/// <summary>
/// The parts that all views of one transport share: a token source, the address of its account's cloud, and the channel, which other token
/// sources can share.
/// </summary>
internal sealed class Connection : IDisposable, IAsyncDisposable
{
    private readonly Channel _channel;
    private readonly bool _ownsChannel;
    private readonly Uri _configured;
    private Uri _baseUrl;
    private volatile bool _isClosed;

    public Connection(ApiTransportOptions options)
    {
        _configured = _baseUrl = Validate(options);
        Options = options;
        (_channel, _ownsChannel) = (new Channel(options), true);
        _channel.Add(options.Tokens);
    }

    private Connection(Connection other, IAccessTokenSource tokens)
    {
        _configured = _baseUrl = other._configured;
        Options = other.Options with { Tokens = tokens };
        _channel = other._channel;
        _channel.Add(tokens);
    }

    /// <summary>The base URL. Its host is that of the account's cloud when it is known.</summary>
    public Uri BaseUrl
    {
        get
        {
            var url = Volatile.Read(ref _baseUrl);
            if (Tokens is not IHomeFinder { Home: { } home }
                || home.GetLeftPart(UriPartial.Authority) == url.GetLeftPart(UriPartial.Authority))
                return url;
            url = new Uri(home.GetLeftPart(UriPartial.Authority) + _configured.AbsolutePath);
            Volatile.Write(ref _baseUrl, url);
            return url;
        }
    }

    public ApiTransportOptions Options { get; }

    public IAccessTokenSource Tokens => Options.Tokens;

    /// <summary>True after the connection or its channel was disposed. Running requests end, and no more are sent.</summary>
    public bool IsClosed => _isClosed || _channel.IsClosed;

    /// <summary>Removes the secrets of the connection from all texts.</summary>
    public SecretCleaner Secrets => Options.Secrets;

    public RateGovernor Governor => _channel.Governor;

    /// <summary>Allows one large answer to be read at a time.</summary>
    public SemaphoreSlim LargeAnswers => _channel.LargeAnswers;

    public ConnectionCounters Counters => _channel.Counters;

    /// <summary>The server's clock compared with this machine's.</summary>
    public ServerClock Clock => _channel.Clock;

    /// <summary>Number of consecutive attempts without an answer, over all token sources of the channel.</summary>
    public int Unanswered => _channel.Unanswered;

    /// <summary>The retries, with the circuit inside them.</summary>
    public ResiliencePipeline Pipeline => _channel.Pipeline;

    public CertificateTrust? Trust => _channel.Trust;

    /// <summary>The credentials for the proxy, and the schemes that it offers.</summary>
    public ProxyCredentials ProxyCredentials => _channel.ProxyCredentials;

    /// <summary>A connection with another token source over the same channel. It owns the token source from now on.</summary>
    public Connection With(IAccessTokenSource tokens) => new(this, tokens);

    /// <inheritdoc cref="ApiTransport.BeforeClose"/>
    public IDisposable BeforeClose(Func<CancellationToken, Task> work) => _channel.Closing.Add(this, work);

    public ValueTask<string> TokenAsync(SignalLog signals, CancellationToken cancellationToken)
    {
        if (Tokens is ISignallingTokenSource telling)
            return telling.GetAsync(signals, cancellationToken);
        return Tokens.GetAsync(cancellationToken);
    }

    public ValueTask<bool> RefusedAsync(string token, SignalLog signals, CancellationToken cancellationToken)
    {
        if (Tokens is ISignallingTokenSource telling)
            return telling.RefusedAsync(token, signals, cancellationToken);
        return Tokens.RefusedAsync(token, cancellationToken);
    }

    /// <summary>Records how an attempt ended; null for an answer that was read.</summary>
    public void Tried(ApiException? failure) => _channel.Tried(failure);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) =>
        _channel.SendAsync(message, cancellationToken);

    /// <summary>
    /// Closes the connection and its token source. The connection that created the channel also closes the channel and the remaining token
    /// sources.
    /// </summary>
    /// <returns>True when a token was revoked.</returns>
    public async Task<bool> CloseAsync()
    {
        await _channel.Closing.RunAsync(_ownsChannel ? null : this).ConfigureAwait(false);
        _isClosed = true;
        var left = _channel.Take(Tokens) ? [Tokens] : new List<IAccessTokenSource>();
        if (_ownsChannel)
        {
            _channel.Dispose();
            left.AddRange(_channel.TakeAll());
        }
        // In parallel, because each may take a few seconds.
        var revoked = await Task.WhenAll(left.Select(EndAsync)).ConfigureAwait(false);
        return revoked.Any(r => r);
    }

    public void Dispose() => Task.Run(CloseAsync).GetAwaiter().GetResult();

    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    private static async Task<bool> EndAsync(IAccessTokenSource source)
    {
        if (source is IRevocableTokenSource revocable)
            return await revocable.EndAsync().ConfigureAwait(false);
        if (source is IAsyncDisposable disposable)
            await disposable.DisposeAsync().ConfigureAwait(false);
        else
            (source as IDisposable)?.Dispose();
        return false;
    }

    // Other host names may resolve to this machine now, and to another machine later.
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
        // They would be shown in messages and files.
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
            throw new ArgumentOutOfRangeException(nameof(options), options.ThrottleLimit,
                "The throttle limit must be between 1 and 1,000.");
        var path = url.GetLeftPart(UriPartial.Path);
        return new Uri(path.EndsWith("/", StringComparison.Ordinal) ? path : path + "/");
    }
}
