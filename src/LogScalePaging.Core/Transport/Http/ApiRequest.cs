using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.Transport.Http;

/// <summary>One request to the API of a connection.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query string below the connection's base URL, without a leading slash, already percent-encoded.</param>
public sealed record ApiRequest(HttpMethod Method, string Path)
{
    /// <summary>Body; null for none. A retry sends it again unchanged.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Media type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Media type that is accepted.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>
    /// Called before a retry of a request that the server may have carried out already (a POST that creates something). It can clean up
    /// what the first attempt left, and returns whether to retry. Null: always retry.
    /// </summary>
    public Func<ApiException, CancellationToken, Task<bool>>? MayRepeat { get; init; }

    /// <summary>Value of the Authorization header instead of the connection's token.</summary>
    internal string? Authorization { get; init; }

    /// <summary>Secrets in the body or the header. They are removed from everything that the server sends back.</summary>
    internal IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Limit for the size of a good answer.</summary>
    internal AnswerSize Answer { get; init; }

    /// <summary>Statuses other than 2xx that are an answer and not an error.</summary>
    public IReadOnlyCollection<int> AlsoGood { get; init; } = [];

    /// <summary>
    /// How long a request that was sent may wait for its answer after the caller cancelled. Zero: it is abandoned at once. Waits before a
    /// request (also for a connection) and before a retry end at once in any case. If there was no good answer, the inner exception of the
    /// <see cref="OperationCanceledException"/> is the <see cref="ApiException"/>.
    /// </summary>
    public TimeSpan FinishWithin { get; init; }

    /// <summary>
    /// The time, by the transport's monotonic clock, at which the content of the request expires, for example a page token. Waits end
    /// before it. A wait that begins later takes as long as the server asked.
    /// </summary>
    internal long? UseBy { get; init; }

    /// <summary>Whether this request is retried. False for clean-up at the end, which must not delay the exit.</summary>
    public bool Retry { get; init; } = true;
}
