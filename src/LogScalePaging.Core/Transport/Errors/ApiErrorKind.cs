namespace LogScalePaging.Transport.Errors;

/// <summary>What went wrong between this machine and a server.</summary>
public enum ApiErrorKind
{
    /// <summary>400: the server did not understand; for LogScale, bad CQL.</summary>
    BadRequest,
    /// <summary>401: no token, or one that the server does not take.</summary>
    Unauthorized,
    /// <summary>403: the token lacks the permission.</summary>
    Forbidden,
    /// <summary>404 or 410: no such thing, or not any more.</summary>
    NotFound,
    /// <summary>429 (or 430): too many requests.</summary>
    RateLimited,
    /// <summary>503: the server cannot serve now.</summary>
    Unavailable,
    /// <summary>Any other 5xx.</summary>
    ServerError,
    /// <summary>Any other status that is not a success.</summary>
    UnexpectedStatus,
    /// <summary>A redirect that would have carried the credentials elsewhere, or led nowhere.</summary>
    Redirected,
    /// <summary>No connection: name not found, refused, no route. Nothing was sent.</summary>
    ConnectionFailed,
    /// <summary>The TLS handshake failed. Nothing was sent.</summary>
    TlsFailed,
    /// <summary>The connection broke after the request was sent, or in the middle of the answer.</summary>
    ConnectionLost,
    /// <summary>No answer, or no more of it, in time.</summary>
    Timeout,
    /// <summary>A success with something that is not the API's: an HTML page of a proxy or a wrong base URL.</summary>
    NotTheApi,
    /// <summary>A success whose body is not what it should be.</summary>
    InvalidAnswer,
    /// <summary>The connection was closed on this side.</summary>
    Closed,
}
