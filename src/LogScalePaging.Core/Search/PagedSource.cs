using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Search;

/// <summary>What a system gives to a <see cref="PagedSearch{TRequest, TResponse}"/>: how pages are asked for and read, and how they are counted.</summary>
public sealed record PagedSource<TRequest, TResponse>
{
    /// <summary>What answers, for a person.</summary>
    public required string System { get; init; }

    /// <summary>What is asked, its range absolute; no range for an endpoint that has none.</summary>
    public required WalkIdentity Identity { get; init; }

    /// <summary>What the records look like.</summary>
    public required RecordSchema Schema { get; init; }

    /// <summary>From a position to a request, and from an answer to records and the next position.</summary>
    public required IPageStrategy<TRequest, TResponse, Record> Strategy { get; init; }

    /// <summary>Why this strategy, for the manifest.</summary>
    public string Reason { get; init; } = "this endpoint has no other strategy";

    /// <summary>Sends one request. Retry lies in the transport.</summary>
    public required IPageSource<TRequest, TResponse> Requests { get; init; }

    /// <summary>
    /// Counts the records on the server, apart from the walk; what it throws is the reason why there is no count. Null when the server
    /// cannot count: then the total that the answers state is the count, and a result without any is Unverified.
    /// </summary>
    public Func<CancellationToken, Task<long>>? Count { get; init; }

    /// <summary>What the answers said against the result so far.</summary>
    public Func<IReadOnlyList<string>>? Doubts { get; init; }

    /// <summary>Removes what the search made on the server; null when it makes nothing.</summary>
    public Func<ValueTask>? CleanUp { get; init; }

    /// <summary>Checks a position that was read from a file. Throws <see cref="FormatException"/> for one that the strategy does not write.</summary>
    public Action<PagePosition>? EnsureReadable { get; init; }

    /// <summary>
    /// The same over the range that an earlier run pinned. Null for a source without a range, and for one whose range is always absolute.
    /// </summary>
    public Func<WalkIdentity, PagedSource<TRequest, TResponse>>? Pinned { get; init; }

    /// <summary>How the range is read in windows; null for a source that is only read page by page.</summary>
    internal WindowSource? Windows { get; init; }

    /// <summary>Where signals go.</summary>
    public required SignalLog Signals { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Called for every page.</summary>
    public Action<SearchProgress>? Progress { get; init; }
}
