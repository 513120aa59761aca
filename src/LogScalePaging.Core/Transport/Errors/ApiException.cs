using LogScalePaging.Common;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Transport.Errors;

/// <summary>
/// A request that failed and is not retried any more. The message says what to do. It has no secrets, and text of the server in it is
/// safe to print.
/// </summary>
public class ApiException : Exception, IRequestFailure
{
    /// <summary>Makes an exception for a request.</summary>
    public ApiException(ApiErrorKind kind, string message, Exception? inner = null) : base(message, inner) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public ApiErrorKind Kind { get; }

    /// <summary>What happened, what to do, and the trace id for the server's support.</summary>
    public override string Message =>
        TraceId is null ? base.Message : $"{base.Message}{(base.Message.Contains("\n") ? "\n" : " ")}(trace id {TraceId})";

    /// <summary>HTTP status, if there was an answer.</summary>
    public int? Status { get; init; }

    /// <summary>Method of the request.</summary>
    public string? Method { get; init; }

    /// <summary>Path of the request, without host and query string.</summary>
    public string? Path { get; init; }

    /// <summary>The server's trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The first 4,000 characters of the answer, as the server sent them. Print them with <see cref="Printable"/>.</summary>
    public string? Body { get; init; }

    /// <summary>The server's own message, safe to print and without secrets; null if there is none.</summary>
    internal string? Said { get; init; }

    /// <summary>Scheme and host of a redirect; null if there was none.</summary>
    public Uri? RedirectedTo { get; init; }

    /// <summary>How long the server asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The problem between this machine and the server that must be fixed, if it is known.</summary>
    public NetworkProblem? NetworkProblem { get; init; }

    /// <summary>True if nothing was sent, because the last attempts showed that the server is gone.</summary>
    public bool IsCircuitOpen { get; init; }

    /// <summary>
    /// True if a retry cannot help although failures of this kind often pass, for example for a certificate that is not trusted.
    /// </summary>
    public bool IsPermanent { get; init; }

    /// <summary>True if the sign-in failed. The failure then says nothing about the request.</summary>
    public virtual bool IsSignIn => false;

    /// <summary>How often the request was tried in total.</summary>
    public int Attempts { get; internal set; } = 1;

    /// <summary>True when the same request may succeed later.</summary>
    public bool IsTransient => !IsPermanent && Kind is (ApiErrorKind.RateLimited or ApiErrorKind.Unavailable or ApiErrorKind.ServerError
        or ApiErrorKind.ConnectionFailed or ApiErrorKind.TlsFailed or ApiErrorKind.ConnectionLost or ApiErrorKind.Timeout
        or ApiErrorKind.InvalidAnswer or ApiErrorKind.NotTheApi);

    /// <summary>The same failure with a more specific message.</summary>
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
    /// True if the server may have carried out the request although no good answer was received. 429 and 503 mean that it did not. After
    /// a broken connection or another 5xx this is not known.
    /// </summary>
    public bool MayHaveBeenProcessed => Kind is ApiErrorKind.ServerError or ApiErrorKind.ConnectionLost or ApiErrorKind.Timeout
        or ApiErrorKind.InvalidAnswer;

    /// <inheritdoc/>
    public bool IsHopeless => Kind is ApiErrorKind.Unauthorized or ApiErrorKind.Forbidden or ApiErrorKind.Redirected;
}
