using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.Transport.Http;

/// <summary>One request to the API of a connection.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query string below the connection's base URL, without a leading slash, already percent-encoded.</param>
public sealed record ApiRequest(HttpMethod Method, string Path)
{
    /// <summary>Body, or null for none. Sent again as it is when the request is repeated.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Media type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Media type asked for.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>
    /// Asked before a request is repeated that the server may have carried out already (a POST that makes something).
    /// Null: repeat freely. It may clean up what was left behind, and returns whether repeating is right.
    /// </summary>
    public Func<ApiException, CancellationToken, Task<bool>>? MayRepeat { get; init; }

    /// <summary>Value of the Authorization header in place of the connection's token.</summary>
    internal string? Authorization { get; init; }

    /// <summary>Secrets in the body or the header, to be kept out of what the server echoes.</summary>
    internal IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>How large a good answer may be.</summary>
    internal AnswerSize Answer { get; init; }

    /// <summary>Statuses beside 2xx that are an answer and not an error.</summary>
    public IReadOnlyCollection<int> AlsoGood { get; init; } = [];

    /// <summary>
    /// How long, after the caller cancelled, a request that was sent may go on to have its answer. Zero: it is abandoned at once.
    /// Waits before a request, and repeats of it, end at once in any case.
    /// </summary>
    public TimeSpan FinishWithin { get; init; }

    /// <summary>
    /// The moment, by the transport's steady clock, after which the request is worth nothing: something that it carries expires then. Waits
    /// end before it. A wait that begins later takes as long as the server asked.
    /// </summary>
    internal long? UseBy { get; init; }

    /// <summary>Whether failures of this request are repeated at all. Off for clean-up at the end, which must not hold up an exit.</summary>
    public bool Retry { get; init; } = true;
}
