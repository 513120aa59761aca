namespace LogScalePaging.Simulator;

/// <summary>A request and its answer.</summary>
public sealed class RequestRecord
{
    internal RequestRecord(RequestInfo request, DateTimeOffset time, bool hasAuthorization)
        => (Request, Time, HasAuthorization) = (request, time, hasAuthorization);

    internal RequestInfo Request { get; }

    public RequestKind Kind => Request.Kind;

    public string Method => Request.Method;

    /// <summary>Path and query as sent, percent-encoded.</summary>
    public string PathAndQuery => Request.Query.Length == 0 ? Request.Path : Request.Path + "?" + Request.Query;

    /// <summary>The body of a POST as text; else empty.</summary>
    public string Body => Request.Body;

    /// <summary>The job that the request named or created; null if none.</summary>
    public string? JobId { get; internal set; }

    /// <summary>The status code that was sent; null if the connection was reset or got no answer.</summary>
    public int? Status { get; internal set; }

    /// <summary>The fault that was injected; null if none.</summary>
    public Fault? Fault { get; internal set; }

    /// <summary>The server's clock after the request was read.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Whether there was an Authorization header. Its value is not kept.</summary>
    public bool HasAuthorization { get; }

    /// <summary>Whether the requested cloud is the account's own. Always true, unless a gateway has two clouds.</summary>
    public bool IsHome => Request.IsHome;

    /// <summary>1 for the first request of this simulator.</summary>
    public long Number => Request.Number;

    public override string ToString() =>
        $"{Request} -> {Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no answer"}{(Fault is null ? "" : $" ({Fault})")}";
}
