using LogScalePaging.Transport.Errors;

namespace LogScalePaging;

/// <summary>The exception of an error record of this module: the message, and facts for scripts.</summary>
public sealed class LogScalePagingException : Exception
{
    internal LogScalePagingException(string message, string errorId, ApiException? api) : base(message)
    {
        ErrorId = errorId;
        StatusCode = api?.Status;
        TraceId = api?.TraceId;
        RequestMethod = api?.Method;
        RequestPath = api?.Path;
        Attempts = api?.Attempts;
    }

    /// <summary>The stable id, the part of FullyQualifiedErrorId before the comma.</summary>
    public string ErrorId { get; }

    /// <summary>HTTP status; null if there was no answer or no request.</summary>
    public int? StatusCode { get; }

    /// <summary>The server's trace id.</summary>
    public string? TraceId { get; }

    /// <summary>Method of the request that failed.</summary>
    public string? RequestMethod { get; }

    /// <summary>Path of the request that failed, without host and query string.</summary>
    public string? RequestPath { get; }

    /// <summary>How often it was tried.</summary>
    public int? Attempts { get; }
}
