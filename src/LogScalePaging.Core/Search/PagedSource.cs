using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search.Progress;

namespace LogScalePaging.Search;

/// <summary>
/// The parts of a <see cref="PagedSearch{TRequest, TResponse}"/> that differ from system to system: how to request, read and count pages.
/// </summary>
internal sealed record PagedSource<TRequest, TResponse>
{
    /// <summary>Name of the kind of server, for messages.</summary>
    public required string System { get; init; }

    /// <summary>The query, server and absolute range; no range for an endpoint without one.</summary>
    public required WalkIdentity Identity { get; init; }

    /// <summary>The schema of the records.</summary>
    public required RecordSchema Schema { get; init; }

    /// <summary>Makes a request from a position, and reads records and the next position from an answer.</summary>
    public required IPageStrategy<TRequest, TResponse, Record> Strategy { get; init; }

    /// <summary>Why this strategy is used, for the manifest.</summary>
    public string Reason { get; init; } = "this endpoint has no other strategy";

    /// <summary>Sends one request. The transport retries it.</summary>
    public required IPageSource<TRequest, TResponse> Requests { get; init; }

    /// <summary>
    /// Counts the records on the server, independently of the walk. If it throws, the exception is the reason why there is no count. Null
    /// if the server cannot count. The total in the answers is then the count, and a result without a total is Unverified.
    /// </summary>
    public Func<CancellationToken, Task<long>>? Count { get; init; }

    /// <summary>The doubts about the result that the answers raised so far.</summary>
    public Func<IReadOnlyList<string>>? Doubts { get; init; }

    /// <summary>Deletes what the search created on the server; null if it creates nothing.</summary>
    public Func<ValueTask>? CleanUp { get; init; }

    /// <summary>
    /// Checks a position from a file. It throws a <see cref="FormatException"/> if the strategy cannot have written the position.
    /// </summary>
    public Action<PagePosition>? EnsureReadable { get; init; }

    /// <summary>
    /// Makes the same source with the range that an earlier run pinned. Null for a source without a range, or with a range that is always
    /// absolute.
    /// </summary>
    public Func<WalkIdentity, PagedSource<TRequest, TResponse>>? Pinned { get; init; }

    /// <summary>Reads the range in windows; null for a source that is only read page by page.</summary>
    internal WindowSource? Windows { get; init; }

    /// <summary>The log that receives signals.</summary>
    public required SignalLog Signals { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Called for every page.</summary>
    public Action<SearchProgress>? Progress { get; init; }
}
