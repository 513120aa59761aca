using LogScalePaging.Diagnostics;

namespace LogScalePaging.Paging;

/// <summary>What a strategy read from one answer. Strategies derive from it to hand notes of their own to their decision.</summary>
/// <param name="items">Items in the order of the walk, repeated ones included.</param>
public class PageContent<TItem>(IReadOnlyList<TItem> items)
{
    /// <summary>Items in the order of the walk, repeated ones included.</summary>
    public IReadOnlyList<TItem> Items { get; } = items;

    /// <summary>The whole result's size, where the answer states it.</summary>
    public long? Total { get; init; }

    /// <summary>Warnings of the server.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The server's trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The rate limit as the answer stated it.</summary>
    public RateLimit? RateLimit { get; init; }
}
