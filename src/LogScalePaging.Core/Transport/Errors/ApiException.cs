using LogScalePaging.Common;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Transport.Errors;

/// <summary>
/// A request that failed for good. The message says what to do; nothing in it is secret, and what the server sent is made safe to print.
/// </summary>
public class ApiException : Exception, IRequestFailure
{
    /// <summary>Makes an exception for a request.</summary>
    public ApiException(ApiErrorKind kind, string message, Exception? inner = null) : base(message, inner) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public ApiErrorKind Kind { get; }

    /// <summary>What happened, what to do, and by which trace id the server's support finds it.</summary>
    public override string Message => TraceId is null ? base.Message : $"{base.Message}{(base.Message.Contains("\n") ? "\n" : " ")}(trace id {TraceId})";

    /// <summary>HTTP status, where there was an answer.</summary>
    public int? Status { get; init; }

    /// <summary>Method of the request.</summary>
    public string? Method { get; init; }

    /// <summary>Path of the request, without host and query string.</summary>
    public string? Path { get; init; }

    /// <summary>The server's trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The first of the answer's text, at most 4,000 characters, as the server sent it. Print it through <see cref="Printable"/>.</summary>
    public string? Body { get; init; }

    /// <summary>What the server wanted to say to a person, safe to print and without secrets; null when it said nothing.</summary>
    internal string? Said { get; init; }

    /// <summary>Scheme and host that the server pointed to, where it pointed elsewhere.</summary>
    public Uri? RedirectedTo { get; init; }

    /// <summary>How long the server asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What on the way has to be put right, where that is known.</summary>
    public NetworkProblem? NetworkProblem { get; init; }

    /// <summary>True when nothing was sent, because the last tries showed that the server is gone.</summary>
    public bool IsCircuitOpen { get; init; }

    /// <summary>True when repeating cannot help although failures of this kind often pass: a certificate that is not trusted, say.</summary>
    public bool IsPermanent { get; init; }

    /// <summary>How often the request was tried in all.</summary>
    public int Attempts { get; internal set; } = 1;

    /// <summary>True when the same request may succeed later.</summary>
    public bool IsTransient => !IsPermanent && Kind is (ApiErrorKind.RateLimited or ApiErrorKind.Unavailable or ApiErrorKind.ServerError
        or ApiErrorKind.ConnectionFailed or ApiErrorKind.TlsFailed or ApiErrorKind.ConnectionLost or ApiErrorKind.Timeout
        or ApiErrorKind.InvalidAnswer or ApiErrorKind.NotTheApi);

    /// <summary>The same failure in words that know more of what was asked.</summary>
    internal ApiException With(string message) => new(Kind, message, this)
    {
        Status = Status,
        Method = Method,
        Path = Path,
        TraceId = TraceId,
        Body = Body,
        Said = Said,
        RetryAfter = RetryAfter,
        IsPermanent = IsPermanent,
        NetworkProblem = NetworkProblem,
        IsCircuitOpen = IsCircuitOpen,
        Attempts = Attempts,
    };

    /// <summary>
    /// True when the server may have done what was asked although no good answer came. 429 and 503 mean that it did not;
    /// a broken connection or another 5xx tells nothing.
    /// </summary>
    public bool MayHaveBeenProcessed => Kind is ApiErrorKind.ServerError or ApiErrorKind.ConnectionLost or ApiErrorKind.Timeout
        or ApiErrorKind.InvalidAnswer;

    /// <inheritdoc/>
    public bool IsHopeless => Kind is ApiErrorKind.Unauthorized or ApiErrorKind.Forbidden or ApiErrorKind.Redirected;
}
