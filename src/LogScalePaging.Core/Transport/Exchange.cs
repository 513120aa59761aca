using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.Transport;

/// <summary>One request and its answer. The log line is written when the exchange ends, in every case.</summary>
internal sealed class Exchange : IDisposable
{
    private const int ReadOfError = 16_000;
    private static readonly string[] s_traceHeaders = ["X-Cs-TraceId", "X-Trace-Id", "X-Request-Id", "X-Axiom-Trace-Id"];

    private readonly Connection _connection;
    private readonly ApiRequest _request;
    private readonly string _path;
    private readonly FailureFactory _failures;
    private readonly SignalLog _signals;
    private readonly Watchdog _watchdog;
    private readonly HttpRequestMessage _message;
    private readonly Activity? _activity;
    private readonly long _started;
    private DateTimeOffset _sent;
    private HttpResponseMessage? _response;
    private BodyStream? _body;
    private RateLimit? _rateLimit;
    private string? _failed;

    public Exchange(Connection connection, ApiRequest request, HttpMethod method, string path, string token, FailureFactory failures,
        SignalLog signals, Action? sending, CancellationToken cancellationToken)
    {
        (_connection, _request, _path, _failures, _signals) = (connection, request, path, failures, signals);
        _message = RequestMessage.Create(connection.Options, request, method, token, sending);
        _started = Options.Time.GetTimestamp();
        _activity = Telemetry.Activities.StartActivity(method.Method, ActivityKind.Client);
        _watchdog = new Watchdog(Options.Timeout, Options.Time, cancellationToken);
    }

    private ApiTransportOptions Options => _connection.Options;

    /// <summary>Sends the request, and waits for the head of the answer.</summary>
    public async Task<HttpResponseMessage> SendAsync(Uri url)
    {
        _message.RequestUri = url;
        _connection.Counters.Request();
        _sent = Options.Time.GetUtcNow();
        _watchdog.Watch();
        try
        {
            _response = await _connection.SendAsync(_message, _watchdog.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (Translate(e) is { } translated)
        {
            throw Failed(translated);
        }
        finally
        {
            _watchdog.Rest();
        }
        _failures.TraceId = TraceId(_response.Headers) is { } trace ? _connection.Secrets.Clean(trace) : null;
        _connection.Clock.Observe(_response.Headers.Date, _sent, Options.Time.GetUtcNow());
        _rateLimit = RateLimitReader.Read(_response.Headers, Options.Time);
        if (_connection.Governor.Observe((int)_response.StatusCode, _rateLimit) is { } quiet)
            TellQuiet((int)_response.StatusCode, quiet);
        return _response;
    }

    private void TellQuiet(int status, TimeSpan quiet)
    {
        var message = $"The server asks to slow down ({status}). All requests wait for {FailureFactory.Seconds(quiet)}";
        if (_connection.Governor.IsNewLongStall())
            _signals.Warn(SignalKind.RateLimited,
                FormattableString.Invariant($"{message}, until {Options.Time.GetUtcNow() + quiet:HH:mm:ss} UTC"));
        else
            _signals.Verbose(SignalKind.RateLimited, message);
    }

    /// <summary>Reads a good answer, and throws the failure for any other.</summary>
    public async Task<T> ReadAsync<T>(HttpResponseMessage response, Func<ApiResponse, CancellationToken, Task<T>> read)
    {
        try
        {
            var status = (int)response.StatusCode;
            var isGood = response.IsSuccessStatusCode || _request.AlsoGood.Contains(status);
            var size = isGood ? _request.Answer : AnswerSize.Small;
            _watchdog.LimitTo(AnswerLimits.Time(size, Options.Timeout));
            _body = new BodyStream(await OpenAsync(response.Content).ConfigureAwait(false), Length(response), _watchdog,
                _connection.Counters, BodyFailure)
            {
                MostBytes = AnswerLimits.Bytes(size),
                LargeAnswers = size == AnswerSize.Poll ? _connection.LargeAnswers : null,
            };
            if (!isGood)
                throw _failures.Status(status, await ErrorTextAsync(_body).ConfigureAwait(false), _rateLimit?.RetryAfter);
            var mediaType = response.Content.Headers.ContentType?.MediaType;
            if (await IsWebPageAsync(response, mediaType, _body).ConfigureAwait(false))
                throw _failures.NotTheApi(status, await ErrorTextAsync(_body).ConfigureAwait(false));
            var answer = new ApiResponse(status, _body)
            {
                ContentType = mediaType,
                TraceId = _failures.TraceId,
                Region = Region(response.Headers),
                Date = response.Headers.Date,
                Sent = (_started, _sent),
                RateLimit = _rateLimit,
            };
            return await read(answer, _watchdog.User).ConfigureAwait(false);
        }
        catch (Exception e) when (e is JsonException || (IsDecoding(e) && _request.Answer != AnswerSize.Stream))
        {
            throw Failed(_failures.InvalidAnswer(e));
        }
        catch (AnswerErrorsException e)
        {
            var failure = _failures.Inside(e);
            _failed = $": {failure.Kind} inside";
            throw failure;
        }
        catch (Exception e)
        {
            Failed(e);
            throw;
        }
    }

    public void Dispose()
    {
        var elapsed = Options.Time.GetElapsedTime(_started);
        Telemetry.Request(elapsed, _message.Method.Method, (int?)_response?.StatusCode);
        var status = _response is null ? "" : $" {(int)_response.StatusCode}";
        var size = _body is { Received: > 0 } body ? $", {Size(body.Received)}" : "";
        _signals.Verbose(SignalKind.Request,
            string.Format(CultureInfo.InvariantCulture, "{0} {1}{2} in {3:0} ms{4}{5}", _message.Method.Method, _path, status,
                elapsed.TotalMilliseconds, size, _failed));
        _signals.AddReceived(_body?.Received ?? 0);
        Annotate();
        // The answer is closed first, because closing it may still use the token source.
        _response?.Dispose();
        _watchdog.Dispose();
        _message.Dispose();
        _activity?.Dispose();
    }

    // The exceptions of the class library for texts and numbers that it cannot decode. The reader of a stream also writes files, so such an
    // exception from it is a bug of this program.
    private static bool IsDecoding(Exception e) =>
        e is FormatException or OverflowException or DecoderFallbackException || e.GetType() == typeof(InvalidOperationException);

    private ApiException BodyFailure(ApiErrorKind kind, Exception exception) =>
        kind == ApiErrorKind.Timeout && _watchdog.ExpiredAfter is { } limit
            ? _failures.TooSlow(limit, exception)
            : _failures.Body(kind, Options.Timeout, exception);

    private static Task<Stream> OpenAsync(HttpContent? content) =>
#if NET8_0_OR_GREATER
        // Opening reads nothing, so there is nothing to cancel.
        content!.ReadAsStreamAsync(CancellationToken.None);
#else
        content is null ? Task.FromResult(Stream.Null) : content.ReadAsStreamAsync();
#endif

    // The length counts the bytes that were sent. For a compressed body it is not the number of bytes that are read.
    private static long? Length(HttpResponseMessage response) =>
        response.RequestMessage?.Method == HttpMethod.Head || response.Content is null || response.Content.Headers.ContentEncoding.Count > 0
            ? null
            : response.Content.Headers.ContentLength;

    private async Task<bool> IsWebPageAsync(HttpResponseMessage response, string? mediaType, BodyStream body)
    {
        if (response.StatusCode == System.Net.HttpStatusCode.NoContent || response.Content?.Headers.ContentLength == 0)
            return false;
        var saysHtml = mediaType is "text/html" or "application/xhtml+xml" && !Accepts("html");
        // Events as text can begin with '<'. JSON never does.
        if (!saysHtml && !Accepts("json"))
            return false;
        var first = await body.PeekAsync(_watchdog.User).ConfigureAwait(false);
        return saysHtml ? first >= 0 : first == '<';
    }

    private bool Accepts(string type) => _request.Accept.Contains(type);

    private async Task<string> ErrorTextAsync(BodyStream body)
    {
        var bytes = new byte[ReadOfError];
        var filled = 0;
        try
        {
            int count;
            while (filled < bytes.Length
                && (count = await body.ReadAsync(bytes, filled, bytes.Length - filled, _watchdog.User).ConfigureAwait(false)) > 0)
                filled += count;
        }
        catch (Exception e) when (e is ApiException or AnswerLimitException)
        {
            // The connection broke while the text of the error was read. The status is the more useful error.
        }
        var text = Encoding.UTF8.GetString(bytes, 0, filled);
        // The text is shortened only after it was cleaned.
        return filled == bytes.Length ? _connection.Secrets.CleanCut(text) : _connection.Secrets.Clean(text);
    }

    private Exception? Translate(Exception exception) => exception switch
    {
        _ when _watchdog.User.IsCancellationRequested => new OperationCanceledException(_watchdog.User),
        _ when _watchdog.Expired => _failures.Head(ApiErrorKind.Timeout, $"within {FailureFactory.Seconds(Options.Timeout)}.", exception),
        OperationCanceledException { InnerException: TimeoutException } =>
            _failures.Head(ApiErrorKind.ConnectionFailed,
                $"the host did not answer within {FailureFactory.Seconds(HandlerFactory.ConnectTimeout(Options))}.", exception),
        // A client cancels its running requests when it is disposed.
        OperationCanceledException => new ObjectDisposedException(nameof(ApiTransport)),
        HttpRequestException e => ConnectionFailure.Translate(e, _failures, _connection.Trust),
        IOException => _failures.Head(ApiErrorKind.ConnectionLost, exception.Message, exception),
        _ => null,
    };

    private Exception Failed(Exception exception)
    {
        _failed = exception is ApiException failure
            ? failure.Status is null || failure.Kind == ApiErrorKind.NotTheApi ? $": {failure.Kind}" : null
            : exception is OperationCanceledException ? ": cancelled" : ": failed";
        return exception;
    }

    private void Annotate()
    {
        if (_activity is null)
            return;
        _activity.SetTag("http.request.method", _message.Method.Method);
        _activity.SetTag("server.address", _connection.BaseUrl.Host);
        _activity.SetTag("url.path", _connection.Secrets.Clean(_path));
        if (_response is not null)
            _activity.SetTag("http.response.status_code", (int)_response.StatusCode);
        if (_failed is not null || _response is { IsSuccessStatusCode: false })
            _activity.SetStatus(ActivityStatusCode.Error);
    }

    private static string? TraceId(HttpResponseHeaders headers)
    {
        foreach (var name in s_traceHeaders)
        {
            if (headers.TryGetValues(name, out var values) && values.FirstOrDefault() is { Length: > 0 } id)
                return Printable.Line(id);
        }
        return null;
    }

    private static string? Region(HttpResponseHeaders headers) =>
        headers.TryGetValues("X-Cs-Region", out var values) ? values.FirstOrDefault() : null;

    private static string Size(long bytes) => bytes switch
    {
        < 1000 => string.Format(CultureInfo.InvariantCulture, "{0} B", bytes),
        < 1_000_000 => string.Format(CultureInfo.InvariantCulture, "{0:0.0} kB", bytes / 1e3),
        _ => string.Format(CultureInfo.InvariantCulture, "{0:0.0} MB", bytes / 1e6),
    };
}
