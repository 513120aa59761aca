namespace LogScalePaging.Transport.Errors;

/// <summary>What went wrong in a request.</summary>
public enum ApiErrorKind
{
    /// <summary>400: the server did not understand; for LogScale, bad CQL.</summary>
    BadRequest,
    /// <summary>401: no token, or a token that the server does not accept.</summary>
    Unauthorized,
    /// <summary>403: the token lacks the permission.</summary>
    Forbidden,
    /// <summary>404 or 410: it does not exist, or no longer exists.</summary>
    NotFound,
    /// <summary>429 (or 430): too many requests.</summary>
    RateLimited,
    /// <summary>503: the server is unavailable.</summary>
    Unavailable,
    /// <summary>Any other 5xx.</summary>
    ServerError,
    /// <summary>Any other status that is not a success.</summary>
    UnexpectedStatus,
    /// <summary>A redirect that is not followed, because the credentials would go to another host, or because it leads nowhere.</summary>
    Redirected,
    /// <summary>No connection: name not found, refused, no route. Nothing was sent.</summary>
    ConnectionFailed,
    /// <summary>The TLS handshake failed. Nothing was sent.</summary>
    TlsFailed,
    /// <summary>The connection broke after the request was sent, or in the middle of the answer.</summary>
    ConnectionLost,
    /// <summary>No answer, or no further part of it, in time.</summary>
    Timeout,
    /// <summary>A success status with a body that is not from the API, such as an HTML page of a proxy or of a wrong base URL.</summary>
    NotTheApi,
    /// <summary>A success status with an invalid body.</summary>
    InvalidAnswer,
    /// <summary>The connection was closed on this side.</summary>
    Closed,
}
