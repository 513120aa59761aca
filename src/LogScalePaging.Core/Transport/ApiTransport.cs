using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;
using LogScalePaging.Transport.Tokens;
using Polly;

namespace LogScalePaging.Transport;

/// <summary>
/// The way to one server: adds the token, holds to the rate, repeats what passes by, and says in words what does not.
/// One per connection; safe for many threads.
/// </summary>
public sealed class ApiTransport : IDisposable, IAsyncDisposable
{
    private readonly Connection _connection;
    private readonly bool _isView;

    /// <summary>Makes a connection. Nothing is sent yet. It owns the token source from here on.</summary>
    /// <exception cref="ArgumentException">An option cannot be used; the message says which.</exception>
    public ApiTransport(ApiTransportOptions options)
        : this(new Connection(options ?? throw new ArgumentNullException(nameof(options))), options.Signals, isView: false)
    {
        WarnOfSkippedCheck();
    }

    private ApiTransport(Connection connection, SignalLog signals, bool isView)
    {
        (_connection, Signals, _isView) = (connection, signals, isView);
        signals.CleanWith(connection.Secrets.Clean);
    }

    /// <summary>Base URL, always with a slash at its end.</summary>
    public Uri BaseUrl => _connection.BaseUrl;

    /// <summary>Scheme, host and, where it is not the usual one, port. No credentials.</summary>
    public string Host => BaseUrl.GetLeftPart(UriPartial.Authority);

    /// <summary>How the server is reached.</summary>
    public ApiTransportOptions Options => _connection.Options;

    /// <summary>The clock for waits and ages.</summary>
    public TimeProvider Time => Options.Time;

    /// <summary>Where this view's signals go.</summary>
    public SignalLog Signals { get; }

    /// <summary>What limits the rate of requests, shared by all views.</summary>
    public RateGovernor Governor => _connection.Governor;

    /// <summary>The server's clock, as its answers tell it.</summary>
    public ServerClock Server => _connection.Server;

    /// <summary>What the connection did so far, over all views.</summary>
    public ConnectionCounters Counters => _connection.Counters;

    /// <summary>Free text without the secrets of the connection.</summary>
    public string Clean(string text) => _connection.Secrets.Clean(text);

    /// <summary>True when closing this transport revokes a token on the server.</summary>
    public bool CanRevoke => !_isView && _connection.Tokens is IRevocableTokenSource;

    /// <summary>A view for one run: the same client, governor and tokens, another log. Disposing a view leaves the connection open.</summary>
    public ApiTransport With(SignalLog signals)
    {
        var view = new ApiTransport(_connection, signals ?? throw new ArgumentNullException(nameof(signals)), isView: true);
        view.WarnOfSkippedCheck();
        return view;
    }

    /// <summary>A view with the same log. Disposing a view leaves the connection open.</summary>
    public ApiTransport View() => new(_connection, Signals, isView: true);

    /// <summary>
    /// A transport with another token source, for another tenant on the same server. Both share the client, the rate limit, the retries, the
    /// circuit and what is kept secret. It owns the token source: disposing it ends only that one. Disposing the transport that was made
    /// from options ends all of them.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    public ApiTransport WithTokens(IAccessTokenSource tokens) =>
        new(_connection.With(tokens ?? throw new ArgumentNullException(nameof(tokens))), Signals, isView: false);

    /// <summary>Makes the token source find where the account lives, when it can do that.</summary>
    /// <exception cref="ApiException">The sign-in failed.</exception>
    public async Task FindHomeAsync(SignalLog signals, CancellationToken cancellationToken)
    {
        if (_connection.Tokens is IHomeFinder)
            await _connection.TokenAsync(signals, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request and reads the answer, again when that may help.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="read">
    /// Reads the good answer. It is part of the attempt: it starts anew with a new body after a body was cut, so it must not hand anything on
    /// before it is done, and it must not send on the same connection, whose place in the throttle it holds.
    /// A <see cref="System.Text.Json.JsonException"/> from it means an invalid answer.
    /// </param>
    /// <param name="cancellationToken">Ends any wait at once.</param>
    /// <exception cref="ApiException">The request failed for good.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<T> SendAsync<T>(ApiRequest request, Func<ApiResponse, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        SendAsync(request, read, Signals, cancellationToken);

    internal async Task<T> SendAsync<T>(ApiRequest request, Func<ApiResponse, CancellationToken, Task<T>> read, SignalLog signals, CancellationToken cancellationToken)
    {
        if (_connection.IsClosed)
            throw Closed(inner: null);
        signals.CleanWith(_connection.Secrets.Clean);
        var call = new ApiCall(request, _connection, signals, cancellationToken);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(ApiCall.Key, call);
        try
        {
            return await _connection.Pipeline.ExecuteAsync(
                static (ctx, state) => new ValueTask<T>(ApiCall.Of(ctx).AttemptAsync(state)), context, read).ConfigureAwait(false);
        }
        // What a closed client throws depends on how far the request was.
        catch (Exception exception) when (_connection.IsClosed && !cancellationToken.IsCancellationRequested)
        {
            throw Closed(exception);
        }
        catch (Exception exception) when (call.AsFailure(exception) is { } failure)
        {
            // Polly hands out the last failure when it is cancelled while it looks at it.
            cancellationToken.ThrowIfCancellationRequested();
            failure.Attempts = call.Attempts;
            if (ReferenceEquals(failure, exception))
                throw;
            throw failure;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ApiException Closed(Exception? inner) =>
        new(ApiErrorKind.Closed, $"The connection to {Host} was closed.", inner) { IsPermanent = true };

    /// <summary>Closes the connection and its token source, unless this is a view. Never fails, and takes 3 s at most.</summary>
    /// <returns>True when a token was revoked.</returns>
    public Task<bool> CloseAsync() => _isView ? Task.FromResult(false) : _connection.CloseAsync();

    /// <inheritdoc cref="CloseAsync"/>
    public void Dispose()
    {
        if (!_isView)
            _connection.Dispose();
    }

    /// <inheritdoc cref="CloseAsync"/>
    public ValueTask DisposeAsync() => _isView ? default : _connection.DisposeAsync();

    private void WarnOfSkippedCheck()
    {
        if (Options.SkipCertificateCheck && BaseUrl.Scheme == Uri.UriSchemeHttps)
            Signals.Warn(SignalKind.CertificateCheckSkipped, $"The certificate of {Host} is not checked. A server or proxy in between "
                + "can read the token and the events. Use -CaBundle (--ca-bundle) with the authority's certificates instead.");
    }
}
