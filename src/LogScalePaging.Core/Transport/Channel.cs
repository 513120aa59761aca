using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;
using LogScalePaging.Transport.Tls;
using LogScalePaging.Transport.Tokens;
using Polly;

namespace LogScalePaging.Transport;

/// <summary>
/// The parts that all token sources of one server share: HTTP client, rate governor, retries and circuit. The connection that created it
/// closes it.
/// </summary>
internal sealed class Channel : IDisposable
{
    private readonly HttpClient _client;
    private readonly HashSet<IAccessTokenSource> _sources = [];
    private int _unanswered;
    private volatile bool _isClosed;

    public Channel(ApiTransportOptions options)
    {
        ProxySecrets.Keep(options, Environment.GetEnvironmentVariable);
        Trust = options.CaBundle is { } bundle ? new CertificateTrust(PemFile.Certificates(bundle)) : null;
        Governor = new RateGovernor(options.ThrottleLimit, options.Time);
        Closing = new ClosingWork(options.Time);
        var retry = RetryPolicy.Create(
            "LogScalePaging.Request", options.MaxRetryCount, options.Time,
            static (exception, context) => ApiCall.Of(context).ShouldRetryAsync(exception),
            static exception => ApiCall.AskedWait(exception),
            static (wait, context) => ApiCall.Of(context).Shorten(wait),
            static (exception, attempt, wait, context) => ApiCall.Of(context).OnRetry(exception, attempt, wait));
        Pipeline = CircuitPolicy.Behind(retry, options.Time, static context => ApiCall.Of(context).OnServerGone());
        ProxyCredentials = HandlerFactory.Credentials(options);
        // This library has its own time limits. The client's limit would also count the time of a slow reader.
        _client = new HttpClient(new CookieHandler(HandlerFactory.Create(options, Trust, Counters, ProxyCredentials)))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>True after it was disposed. Running requests end, and no more are sent.</summary>
    public bool IsClosed => _isClosed;

    public RateGovernor Governor { get; }

    /// <summary>What is done before a connection is closed.</summary>
    public ClosingWork Closing { get; }

    /// <summary>Allows one large answer to be read at a time.</summary>
    public SemaphoreSlim LargeAnswers { get; } = new(1, 1);

    public ConnectionCounters Counters { get; } = new();

    public ServerClock Clock { get; } = new();

    /// <summary>Number of consecutive attempts without an answer.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>The retries, with the circuit inside them.</summary>
    public ResiliencePipeline Pipeline { get; }

    public CertificateTrust? Trust { get; }

    /// <summary>The credentials for the proxy, and the schemes that it offers.</summary>
    public ProxyCredentials ProxyCredentials { get; }

    /// <summary>Records how an attempt ended; null for an answer that was read.</summary>
    public void Tried(ApiException? failure)
    {
        if (CircuitPolicy.IsUnanswered(failure))
            Interlocked.Increment(ref _unanswered);
        else
            Volatile.Write(ref _unanswered, 0);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) =>
        _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Adds a token source that ends with the channel.</summary>
    /// <exception cref="ObjectDisposedException">The channel is closed.</exception>
    public void Add(IAccessTokenSource source)
    {
        lock (_sources)
        {
            if (_isClosed)
                throw new ObjectDisposedException(nameof(ApiTransport), "The connection was closed.");
            _sources.Add(source);
        }
    }

    /// <summary>Removes a token source, which the caller then closes. False if it was removed before.</summary>
    public bool Take(IAccessTokenSource source)
    {
        lock (_sources)
            return _sources.Remove(source);
    }

    /// <summary>Removes all remaining token sources.</summary>
    public IReadOnlyList<IAccessTokenSource> TakeAll()
    {
        lock (_sources)
        {
            IAccessTokenSource[] left = [.. _sources];
            _sources.Clear();
            return left;
        }
    }

    public void Dispose()
    {
        lock (_sources)
            _isClosed = true;
        _client.Dispose();
    }
}
