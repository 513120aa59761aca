using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;
using LogScalePaging.Transport.Tokens;
using Polly;

namespace LogScalePaging.Transport;

/// <summary>
/// Sends requests to one server: adds the token, respects the rate limit, retries transient errors, and explains the others. There is one
/// per connection. It is safe for many threads.
/// </summary>
public sealed class ApiTransport : IDisposable, IAsyncDisposable
{
    private readonly Connection _connection;
    private readonly bool _isView;

    /// <summary>Creates the transport. It sends nothing yet. It owns the token source from now on.</summary>
    /// <exception cref="ArgumentException">An option is not valid. The message says which one.</exception>
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

    /// <summary>Scheme, host and, if it is not the default, port. No credentials.</summary>
    public string Host => BaseUrl.GetLeftPart(UriPartial.Authority);

    /// <summary>The options of the connection.</summary>
    public ApiTransportOptions Options => _connection.Options;

    /// <summary>The clock for waits and ages.</summary>
    public TimeProvider Time => Options.Time;

    /// <summary>The log that receives the signals of this view.</summary>
    public SignalLog Signals { get; }

    /// <summary>Limits the rate of requests. All views share it.</summary>
    public RateGovernor Governor => _connection.Governor;

    /// <summary>Numbers of the connection so far, over all views.</summary>
    public ConnectionCounters Counters => _connection.Counters;

    /// <summary>The most exact comparison of the server's clock with this machine's; null if no answer had a date.</summary>
    internal ClockSample? ServerClock => _connection.Clock.Best;

    /// <summary>The text without the secrets of the connection.</summary>
    public string Clean(string text) => _connection.Secrets.Clean(text);

    /// <summary>True when closing this transport revokes a token on the server.</summary>
    public bool CanRevoke => !_isView && _connection.Tokens is IRevocableTokenSource;

    /// <summary>
    /// A view for one run, with the same client, governor and tokens but another log. Disposing a view does not close the connection.
    /// </summary>
    public ApiTransport With(SignalLog signals)
    {
        var view = new ApiTransport(_connection, signals ?? throw new ArgumentNullException(nameof(signals)), isView: true);
        view.WarnOfSkippedCheck();
        return view;
    }

    /// <summary>A view with the same log. Disposing a view does not close the connection.</summary>
    public ApiTransport View() => new(_connection, Signals, isView: true);

    /// <summary>
    /// A transport with another token source, for another tenant on the same server. Both share the client, the rate limit, the retries,
    /// the circuit and the known secrets. The new transport owns the token source, and disposing it closes only that one. Disposing the
    /// transport that was created from options closes all of them.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    public ApiTransport WithTokens(IAccessTokenSource tokens) =>
        new(_connection.With(tokens ?? throw new ArgumentNullException(nameof(tokens))), Signals, isView: false);

    /// <summary>Finds the account's cloud, if the token source can do this.</summary>
    /// <exception cref="ApiException">The sign-in failed.</exception>
    public async Task FindHomeAsync(SignalLog signals, CancellationToken cancellationToken)
    {
        if (_connection.Tokens is IHomeFinder)
            await _connection.TokenAsync(signals, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request and reads the answer. Retries if that may help.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="read">
    /// Reads a good answer. It is part of the attempt: if the body is cut, it starts again with a new body. Therefore it must not pass on
    /// anything before it is done. It must not send requests on the same connection, because it counts as one of the parallel requests. A
    /// <see cref="System.Text.Json.JsonException"/> from it means an invalid answer.
    /// </param>
    /// <param name="cancellationToken">Ends any wait at once.</param>
    /// <exception cref="ApiException">The request failed for good.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<T> SendAsync<T>(ApiRequest request, Func<ApiResponse, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken) =>
        SendAsync(request, read, Signals, cancellationToken);

    internal async Task<T> SendAsync<T>(ApiRequest request, Func<ApiResponse, CancellationToken, Task<T>> read, SignalLog signals,
        CancellationToken cancellationToken)
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
        // The exception of a closed client depends on how far the request was.
        catch (Exception exception) when (_connection.IsClosed && !cancellationToken.IsCancellationRequested)
        {
            throw Closed(exception);
        }
        catch (Exception exception) when (call.AsFailure(exception) is { } failure)
        {
            // If Polly is cancelled while it handles a failure, it throws that failure.
            if (cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException(new OperationCanceledException().Message, failure, cancellationToken);
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

    /// <summary>
    /// Does something on the server before the connection is closed. Disposing the result means that it is no longer needed.
    /// </summary>
    /// <param name="work">Does it until the token is cancelled, after 3 s. It must not throw.</param>
    internal IDisposable BeforeClose(Func<CancellationToken, Task> work) => _connection.BeforeClose(work);

    /// <summary>The failure of a request on a closed connection.</summary>
    internal ApiException Closed(Exception? inner) =>
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
                + "can read the token and the data. Use -CaBundle (--ca-bundle) with the authority's certificates instead.");
    }
}
