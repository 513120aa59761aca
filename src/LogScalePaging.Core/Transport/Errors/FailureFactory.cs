using System.Net;
using LogScalePaging.Common;
using LogScalePaging.Transport.Secrets;

namespace LogScalePaging.Transport.Errors;

/// <summary>
/// Makes the message of a failed request: what happened, then what to do. All these messages are made here, so that secrets are removed
/// from all of them.
/// </summary>
internal sealed class FailureFactory(HttpMethod method, string path, Uri baseUrl, SecretCleaner? secrets = null)
{
    private const int ShownOfBody = 4000;

    private readonly SecretCleaner _secrets = secrets ?? new SecretCleaner();

    /// <summary>The target of the request. It can change when the sign-in shows that the account is in another cloud.</summary>
    public Uri BaseUrl { get; set; } = baseUrl;

    /// <summary>The trace id of the last answer.</summary>
    public string? TraceId { get; set; }

    /// <summary>The schemes of authentication that a proxy offers; null if none are known.</summary>
    public Func<string?> ProxyOffers { get; init; } = () => null;

    /// <summary>The message for a 407 of a proxy.</summary>
    public string ProxyAsks => "The proxy requires credentials, or rejected the ones that were sent (407)."
        + (ProxyOffers() is { } offered ? $" It offers {Printable.Line(offered)}." : "")
        + " Set HTTPS_PROXY with a user name and a password (http://user:password@proxy:8080).";

    private string Address => $"{BaseUrl.Host}:{BaseUrl.Port}";

    private string What => $"{method.Method} {path}";

    public ApiException Status(int status, string? body, TimeSpan? retryAfter)
    {
        TraceId ??= ServerText.TraceId(body);
        var said = ServerText.Of(body, _secrets) is { } text ? Printable.Block(Cut(text)) : null;
        var kind = KindOf(status);
        var message = kind switch
        {
            ApiErrorKind.BadRequest => "The server rejected the request "
                + $"({status}). " + (said is null ? "It gives no reason." : $"It says:\n{said}"),
            ApiErrorKind.Unauthorized => $"The server refused the token ({status}). Check that the token is for this server, not expired "
                + "and not revoked. Then connect again.",
            ApiErrorKind.Forbidden => $"The token is valid but lacks the permission ({status}). Check the permissions of the token.",
            ApiErrorKind.NotFound => $"The server answered 'not found' ({status}). Check the base URL.",
            ApiErrorKind.RateLimited => $"The server accepts no more requests at the moment ({status}){Asked(retryAfter)}. Try again "
                + "later, or lower the throttle limit; other tools may share the limit.",
            ApiErrorKind.Unavailable => $"The server is unavailable ({status}){Asked(retryAfter)}. Try again later.",
            ApiErrorKind.ServerError => $"The server failed ({status}). Try again later. If it fails again, give the trace id to its "
                + "support.",
            ApiErrorKind.Timeout => $"The server stopped waiting ({status}). Try again, or increase the timeout.",
            _ when status == 407 => ProxyAsks,
            _ when status is 413 or 414 => $"The query is too long for the server, or for a proxy in front of it ({status}). Shorten it, "
                + "or put long lists into a lookup file.",
            _ => $"The server answered with an unexpected status ({status}). Check the base URL.",
        };
        if (said is not null && kind != ApiErrorKind.BadRequest)
            message += $" It says: {Shorten(Printable.Line(said))}";
        return Make(kind, message, null, status, body, retryAfter, said: said, isPermanent: status is 501 or 505,
            problem: status == 407 ? NetworkProblem.ProxyCredentials : null);
    }

    /// <summary>The failure for an error inside an answer with a success status.</summary>
    public ApiException Inside(AnswerErrorsException errors)
    {
        if (errors.Code is >= 400 and < 600)
            return Status(errors.Code, errors.Body, null);
        var code = errors.Code == 0 ? "an error" : FormattableString.Invariant($"error {errors.Code}");
        var said = ServerText.Of(errors.Body, _secrets) is { } text ? Printable.Block(Cut(text)) : null;
        var shown = said is null ? "" : $" It says: {Shorten(Printable.Line(said))}";
        return Make(
            errors.MayPass ? ApiErrorKind.ServerError : ApiErrorKind.UnexpectedStatus,
            $"The server answered {What} with {code}.{shown}",
            null, errors.Code == 0 ? null : errors.Code, errors.Body, said: said);
    }

    public ApiException Redirected(int status, Uri? location, string why)
    {
        var where = location is null ? null : Printable.Line(BaseOf(location));
        return Make(ApiErrorKind.Redirected, $"The server redirects the request{(where is null ? "" : $" to {where}")} ({status}), "
            + $"{why}", null, status, redirectedTo: where);
    }

    // The base URL for the same request on the new host. If the path differs, as for a sign-in page, only the host is shown.
    private string BaseOf(Uri location)
    {
        var server = location.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        var moved = location.AbsolutePath;
        return moved.Length > path.Length + 1 && moved.EndsWith("/" + path, StringComparison.Ordinal)
            ? server + moved.Substring(0, moved.Length - path.Length - 1)
            : server;
    }

    public ApiException NotTheApi(int status, string page)
    {
        var title = ServerText.Title(page, _secrets) is { } found ? $" titled '{found}'" : "";
        return Make(
            ApiErrorKind.NotTheApi,
            $"{Address} answered {What} with a web page{title} instead of data. The base URL is probably wrong, or a proxy requires you "
                + "to sign in.",
            null, status, page);
    }

    public ApiException InvalidAnswer(Exception exception) => exception is AnswerLimitException
        ? Make(ApiErrorKind.InvalidAnswer, $"The answer to {What} was not read to its end: "
            + $"{exception.Message}", exception, isPermanent: true)
        : InvalidAnswer(exception.Message, exception);

    public ApiException InvalidAnswer(string why, Exception? exception = null) =>
        Make(ApiErrorKind.InvalidAnswer, $"The answer to {What} is not valid: {Printable.Line(why)} A proxy between here and the server "
            + "may have changed it.", exception);

    /// <summary>The body was received steadily, but too slowly.</summary>
    public ApiException TooSlow(TimeSpan limit, Exception exception) =>
        Make(ApiErrorKind.Timeout, $"{Address} did not send the whole answer to {What} within {Seconds(limit)}. Try again later.",
            exception);

    public ApiException BadToken() =>
        Make(ApiErrorKind.Unauthorized, "The token cannot be sent. It is empty, or contains a space, a line break or a character "
            + "outside ASCII. Check how it was copied.", null);

    public ApiException Gone(int tries, TimeSpan? left, ApiException? last) => Make(
        ApiErrorKind.ConnectionFailed,
        $"{Address} does not answer: {tries} requests in a row got no answer, so no request is "
            + $"sent{(left is { } wait ? $" for {Seconds(wait)}" : "")}. {last?.Message}".TrimEnd(),
        last, retryAfter: left, isCircuitOpen: true);

    /// <summary>A proxy refuses the connection. A retry does not help.</summary>
    public ApiException Proxy(NetworkProblem problem, string message, Exception exception) =>
        Make(ApiErrorKind.ConnectionFailed, message, exception, isPermanent: true, problem: problem);

    public ApiException Head(ApiErrorKind kind, string detail, Exception? exception, bool isPermanent = false,
        NetworkProblem? problem = null) => Make(
        kind,
        kind switch
        {
            ApiErrorKind.ConnectionFailed => $"No connection to {Address}: {detail} Check the base URL, the name resolution (DNS) and the "
                + $"proxy.",
            ApiErrorKind.TlsFailed => $"No secure connection to {Address}: {detail}",
            ApiErrorKind.Timeout => $"{Address} did not answer {What} {detail} Try again, or increase the timeout.",
            _ => $"The connection to {Address} broke before {What} was answered: {detail}",
        },
        exception, isPermanent: isPermanent, problem: problem);

    public ApiException Body(ApiErrorKind kind, TimeSpan timeout, Exception exception) => Make(
        kind,
        kind switch
        {
            ApiErrorKind.Timeout => $"{Address} stopped sending the answer to {What} for {Seconds(timeout)}. Try again, or increase the "
                + "timeout.",
            ApiErrorKind.InvalidAnswer => $"The answer to {What} cannot be decompressed: {exception.Message} A proxy between here and "
                + "the server may have changed it.",
            _ => $"The connection to {Address} broke in the middle of the answer to {What}: {exception.Message}",
        },
        exception);

    public static string Seconds(TimeSpan span) =>
        $"{span.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)} s";

    private static ApiErrorKind KindOf(int status) => status switch
    {
        400 => ApiErrorKind.BadRequest,
        401 => ApiErrorKind.Unauthorized,
        403 => ApiErrorKind.Forbidden,
        404 or 410 => ApiErrorKind.NotFound,
        408 => ApiErrorKind.Timeout,
        // 430: Axiom's query quota.
        429 or 430 => ApiErrorKind.RateLimited,
        (int)HttpStatusCode.ServiceUnavailable => ApiErrorKind.Unavailable,
        >= 500 => ApiErrorKind.ServerError,
        _ => ApiErrorKind.UnexpectedStatus,
    };

    private static string Asked(TimeSpan? wait) => wait is { } asked ? $" and asks to wait {Seconds(asked)}" : "";

    private static string Shorten(string text) => text.Length > 500 ? text.Substring(0, 500) + "…" : text;

    private static string Cut(string text) => text.Length > ShownOfBody ? text.Substring(0, ShownOfBody) : text;

    private ApiException Make(ApiErrorKind kind, string message, Exception? inner, int? status = null, string? body = null,
        TimeSpan? retryAfter = null, bool isPermanent = false, string? redirectedTo = null, NetworkProblem? problem = null,
        bool isCircuitOpen = false, string? said = null) =>
        new(kind, _secrets.Clean(message), Clean(inner))
        {
            Method = method.Method,
            Path = _secrets.Clean(path),
            Status = status,
            TraceId = TraceId is null ? null : _secrets.Clean(TraceId),
            Body = body is null ? null : Cut(_secrets.Clean(body)),
            Said = said,
            RetryAfter = retryAfter,
            IsPermanent = isPermanent,
            NetworkProblem = problem,
            IsCircuitOpen = isCircuitOpen,
            RedirectedTo = Uri.TryCreate(redirectedTo is null ? null : _secrets.Clean(redirectedTo), UriKind.Absolute, out var to)
                ? to
                : null,
        };

    // A parser's exception quotes the text that it could not read. This may be a token that the server sent back.
    private Exception? Clean(Exception? inner) =>
        inner is not null && inner.ToString() is var text && _secrets.Clean(text) != text ? null : inner;
}
