using System.Net;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Secrets;
using LogScalePaging.Transport.Tokens;
using Polly;
using Polly.CircuitBreaker;

namespace LogScalePaging.Transport;

/// <summary>One call of <see cref="ApiTransport"/>: its attempts, and the decisions between them.</summary>
internal sealed class ApiCall
{
    public static readonly ResiliencePropertyKey<ApiCall> Key = new("LogScalePaging.Call");

    private const int MostRedirects = 5;
    private const int MostWebPages = 2;

    private readonly ApiRequest _request;
    private readonly Connection _connection;
    private readonly SignalLog _signals;
    private readonly CancellationToken _cancellationToken;
    private readonly FailureFactory _failures;
    private readonly string _path;
    private ApiException? _last;
    private long? _firstFailure;
    private int _webPages;
    private bool _tokenRenewed;
    private bool _isHopeless;
    private bool _isUrgent;

    public ApiCall(ApiRequest request, Connection connection, SignalLog signals, CancellationToken cancellationToken)
    {
        (_request, _connection, _signals, _cancellationToken) = (request, connection, signals, cancellationToken);
        var query = request.Path.IndexOf('?');
        _path = query < 0 ? request.Path : request.Path.Substring(0, query);
        _failures = new FailureFactory(request.Method, _path, connection.BaseUrl,
            connection.Secrets)
        { ProxyOffers = () => connection.ProxyCredentials.Offered };
        foreach (var secret in request.Secrets)
            connection.Secrets.Keep(secret);
        Url();
    }

    /// <summary>How often the request was tried.</summary>
    public int Attempts { get; private set; }

    private TimeProvider Time => _connection.Options.Time;

    public static ApiCall Of(ResilienceContext context) => context.Properties.GetValue(Key, null!);

    /// <summary>One attempt: returns the answer, or throws an exception with the reason.</summary>
    public async Task<T> AttemptAsync<T>(Func<ApiResponse, CancellationToken, Task<T>> read)
    {
        Attempts++;
        var asked = Time.GetTimestamp();
        await _connection.Governor.EnterAsync(_cancellationToken, _isUrgent ? TimeSpan.Zero : UseLeft()).ConfigureAwait(false);
        _isUrgent = false;
        _connection.Counters.Wait(Time.GetElapsedTime(asked));
        using var grace = new Grace(_request.FinishWithin, Time, _cancellationToken);
        try
        {
            (Uri? redirected, var method, var redirects) = (null, _request.Method, 0);
            while (true)
            {
                var token = await TokenAsync().ConfigureAwait(false);
                // This comes after the token, because the sign-in may have found another host for the account.
                var url = redirected ?? Url();
                var wasSimple = _connection.ProxyCredentials.IsSimple;
                using var exchange = new Exchange(_connection, _request, method, _path, token, _failures, _signals, grace.Sending,
                    grace.Token);
                HttpResponseMessage response;
                try
                {
                    response = await exchange.SendAsync(url).ConfigureAwait(false);
                }
                catch (ApiException refused)
                    when (refused.NetworkProblem == NetworkProblem.ProxyCredentials && _connection.ProxyCredentials.FallBack(wasSimple))
                {
                    continue;
                }
                if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired && _connection.ProxyCredentials.FallBack(wasSimple))
                    continue;
                if (IsRedirect((int)response.StatusCode))
                    (redirected, method) = Redirect(response, url, method, redirects++);
                else if (response.StatusCode != HttpStatusCode.Unauthorized || !await RenewTokenAsync(token).ConfigureAwait(false))
                {
                    try
                    {
                        var result = await exchange.ReadAsync(response, read).ConfigureAwait(false);
                        _connection.Tried(null);
                        return result;
                    }
                    catch (ApiException refused) when (refused.Kind == ApiErrorKind.Unauthorized && response.IsSuccessStatusCode)
                    {
                        // The gateway can put this error into an answer with status 200.
                        if (!await RenewTokenAsync(token).ConfigureAwait(false))
                            throw;
                    }
                }
            }
        }
        catch (ApiException failure)
        {
            _last = failure;
            _connection.Tried(failure);
            throw;
        }
        // The caller must know that the server may have carried out the request.
        catch (OperationCanceledException cancelled) when (grace.HasSent)
        {
            throw new OperationCanceledException(cancelled.Message, _failures.Head(ApiErrorKind.Timeout,
                $"within {FailureFactory.Seconds(_request.FinishWithin)} after the run was stopped.", cancelled), _cancellationToken);
        }
        finally
        {
            _connection.Governor.Exit();
        }
    }

    /// <summary>Whether a failure should be retried. Called only if the retry count allows one more.</summary>
    public ValueTask<bool> ShouldRetryAsync(Exception exception)
    {
        if (AsFailure(exception) is not { IsTransient: true } failure || !_request.Retry || _isHopeless)
            return new(false);
        // The time is counted from the first failure, so that a long body that broke late can still be retried.
        _firstFailure ??= Time.GetTimestamp();
        if (Time.GetElapsedTime(_firstFailure.Value) >= _connection.Options.RetryBudget)
            return new(false);
        // A wrong base URL stays wrong, but a proxy that is unstable recovers within seconds.
        if (failure.Kind == ApiErrorKind.NotTheApi && ++_webPages > MostWebPages)
            return new(false);
        return failure.MayHaveBeenProcessed && _request.MayRepeat is { } ask ? new(ask(failure, _cancellationToken)) : new(true);
    }

    /// <summary>How long to wait: what the server asked for, or the rest of the circuit's break.</summary>
    public static TimeSpan? AskedWait(Exception exception) => exception switch
    {
        ApiException failure => failure.RetryAfter,
        BrokenCircuitException circuit => circuit.RetryAfter,
        _ => null,
    };

    /// <summary>Shortens a wait so that it ends before the content of the request expires.</summary>
    public TimeSpan Shorten(TimeSpan wait)
    {
        if (UseLeft() is not { } left || left >= wait)
            return wait;
        // The pause that the server asked for would delay the retry until it is too late.
        _isUrgent = true;
        return left;
    }

    /// <summary>The failure for an exception of an attempt; null if the exception does not come from the transport.</summary>
    public ApiException? AsFailure(Exception exception) =>
        exception is BrokenCircuitException circuit
            ? _failures.Gone(_connection.Unanswered, circuit.RetryAfter, _last)
            : exception as ApiException;

    /// <summary>Reports that the circuit opened.</summary>
    public void OnServerGone() =>
        _signals.Verbose(SignalKind.ServerGone, $"{_connection.BaseUrl.Host} does not answer: {_connection.Unanswered} requests in a row "
            + $"got no answer. All requests wait for {FailureFactory.Seconds(CircuitPolicy.Break)}");

    /// <summary>Reports a retry.</summary>
    public void OnRetry(Exception exception, int attempt, TimeSpan wait)
    {
        _connection.Counters.Retry();
        _connection.Counters.Wait(wait);
        var failure = AsFailure(exception)!;
        var status = failure.Status is { } code ? $" ({code})" : "";
        _signals.Verbose(SignalKind.Retried, $"{_request.Method.Method} {_path} is repeated in {FailureFactory.Seconds(wait)} (retry "
            + $"{attempt} of {_connection.Options.MaxRetryCount}): {failure.Kind}{status}");
    }

    // Null if the request does not expire, or has expired already. An early retry then has no use.
    private TimeSpan? UseLeft() => _request.UseBy - Time.GetTimestamp() is { } ticks and > 0
        ? TimeSpan.FromSeconds((double)ticks / Time.TimestampFrequency)
        : null;

    private async ValueTask<string> TokenAsync()
    {
        try
        {
            if (_connection.Tokens is NoTokenSource || _request.Authorization is not null)
                return "";
            var token = await _connection.TokenAsync(_signals, _cancellationToken).ConfigureAwait(false);
            _connection.Secrets.Keep(token);
            return SecretText.IsHeaderSafe(token) ? token : throw _failures.BadToken();
        }
        catch (ApiException)
        {
            // A token source has its own retries. Retries here would multiply them.
            _isHopeless = true;
            throw;
        }
    }

    // This happens once per call. If a second new token is refused too, the reason is not its age.
    private async ValueTask<bool> RenewTokenAsync(string token)
    {
        if (_tokenRenewed || !_request.Retry)
            return false;
        _tokenRenewed = true;
        try
        {
            if (!await _connection.RefusedAsync(token, _signals, _cancellationToken).ConfigureAwait(false))
                return false;
        }
        catch (ApiException)
        {
            _isHopeless = true;
            throw;
        }
        _signals.Verbose(SignalKind.Retried, $"{_request.Method.Method} {_path} is repeated at once with a new token, because the server "
            + "refused the last one (401)");
        return true;
    }

    private Uri Url()
    {
        var baseUrl = _failures.BaseUrl = _connection.BaseUrl;
        var url = new Uri(baseUrl.AbsoluteUri + _request.Path);
        // The token is sent only to addresses below the base URL, even if a server's answer put another one into a path.
        return url.AbsoluteUri.StartsWith(baseUrl.AbsoluteUri, StringComparison.Ordinal)
            ? url
            : throw new ArgumentException("The path is outside the base URL.");
    }

    private bool IsRedirect(int status) => status is 301 or 302 or 303 or 307 or 308 && !_request.AlsoGood.Contains(status);

    // Redirects are handled here, because the client would send the token along, drop it silently, or turn a POST into a GET.
    private (Uri Url, HttpMethod Method) Redirect(HttpResponseMessage response, Uri from, HttpMethod method, int redirects)
    {
        var status = (int)response.StatusCode;
        if (!response.Headers.Contains("Location"))
            throw _failures.Redirected(status, null, "but it does not say where. Check the base URL.");
        // "//" parses as a relative reference without a valid address.
        if (response.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var target))
            throw _failures.InvalidAnswer($"it redirects the request ({status}) to an address that is not valid.");
        if (Uri.Compare(from, target, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw _failures.Redirected(status, target, "but the token is not sent to another address. If that address is correct, use "
                + "it as the base URL. If it is a sign-in page, sign in to the proxy first.");
        if (redirects >= MostRedirects)
            throw _failures.Redirected(status, target, $"for the {MostRedirects + 1}th time in a row. Check the base URL.");
        if (status == 303)
            return (target, HttpMethod.Get);
        if (status is 301 or 302 && method != HttpMethod.Get && method != HttpMethod.Head)
            throw _failures.Redirected(status, target, $"but a {method.Method} request would lose its body there. Use that address as "
                + "the base URL.");
        return (target, method);
    }
}
