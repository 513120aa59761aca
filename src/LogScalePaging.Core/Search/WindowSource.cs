using LogScalePaging.Search.Windows;

namespace LogScalePaging.Search;

/// <summary>What a system whose ranges can be cut gives to a <see cref="PagedSearch{TRequest, TResponse}"/> beside its pages.</summary>
internal sealed record WindowSource
{
    /// <summary>Name of the strategy, as checkpoints and manifests state it.</summary>
    public required string Strategy { get; init; }

    /// <summary>Cuts the range; null when it is better read page by page.</summary>
    public required Func<CancellationToken, Task<FetchPlan?>> PlanAsync { get; init; }

    /// <summary>Fetches windows.</summary>
    public required IWindowFetcher Fetcher { get; init; }

    /// <summary>Counts the records of a part of the range; what it throws is the reason why there is no count.</summary>
    public required Func<(long Start, long End), CancellationToken, Task<long>> CountAsync { get; init; }

    /// <summary>Windows that are fetched ahead of a reader.</summary>
    public int Ahead { get; init; } = 8;
}
