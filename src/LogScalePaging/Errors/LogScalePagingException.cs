using LogScalePaging.Transport.Errors;

namespace LogScalePaging;

/// <summary>What an error record of this module carries: the message for a person, and the facts for a script.</summary>
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

    /// <summary>HTTP status; null when no answer came or none was asked for.</summary>
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
