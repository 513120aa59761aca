namespace LogScalePaging.Simulator;

/// <summary>A request before it is handled, for the fault rules.</summary>
public sealed class RequestInfo
{
    internal RequestInfo(RequestKind kind, string method, string path, string query, string? jobId, string body)
        => (Kind, Method, Path, Query, JobId, Body) = (kind, method, path, query, jobId, body);

    public RequestKind Kind { get; }

    public string Method { get; }

    /// <summary>The path, still percent-encoded, without the query.</summary>
    public string Path { get; }

    /// <summary>The query after the question mark, still percent-encoded; may be empty.</summary>
    public string Query { get; }

    /// <summary>The job in the path; null if there is none.</summary>
    public string? JobId { get; }

    /// <summary>The body of a POST as text; else empty.</summary>
    public string Body { get; }

    /// <summary>Whether the requested cloud is the account's own. Always true, unless a gateway has two clouds.</summary>
    public bool IsHome { get; internal set; } = true;

    /// <summary>
    /// The child tenant of the token, or the requested one of a sign-in; null for the client's own, and without a gateway.
    /// </summary>
    public string? MemberCid { get; internal set; }

    /// <summary>1 for the first request of this simulator.</summary>
    public long Number { get; internal set; }

    /// <summary>1 for the first request of this <see cref="Kind"/>.</summary>
    public int NumberOfKind { get; internal set; }

    public override string ToString() => $"#{Number} {Method} {Path}{(Query.Length == 0 ? "" : "?" + Query)}";
}
