using LogScalePaging.Search.Windows;

namespace LogScalePaging.Search;

/// <summary>
/// The additional parts of a <see cref="PagedSearch{TRequest, TResponse}"/> for a system whose ranges can be cut into windows.
/// </summary>
internal sealed record WindowSource
{
    /// <summary>Name of the strategy, as checkpoints and manifests state it.</summary>
    public required string Strategy { get; init; }

    /// <summary>Cuts the range; null if reading page by page is better.</summary>
    public required Func<CancellationToken, Task<FetchPlan?>> PlanAsync { get; init; }

    /// <summary>Fetches windows.</summary>
    public required IWindowFetcher Fetcher { get; init; }

    /// <summary>Counts the records of a part of the range. If it throws, the exception is the reason why there is no count.</summary>
    public required Func<(long Start, long End), CancellationToken, Task<long>> CountAsync { get; init; }

    /// <summary>Receives each record of the windows that an earlier run fetched; null if the fetcher does not need them.</summary>
    public Action<Records.Record>? Remember { get; init; }

    /// <summary>Windows that are fetched ahead of a reader.</summary>
    public int Ahead { get; init; } = 8;
}
