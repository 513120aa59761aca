using LogScalePaging.Diagnostics;

namespace LogScalePaging.Paging;

/// <summary>The content of one answer. Strategies derive from it to pass their own notes to their decision.</summary>
/// <param name="items">Items in the order of the walk, including repeated ones.</param>
internal class PageContent<TItem>(IReadOnlyList<TItem> items)
{
    /// <summary>Items in the order of the walk, including repeated ones.</summary>
    public IReadOnlyList<TItem> Items { get; } = items;

    /// <summary>The size of the whole result, if the answer has it.</summary>
    public long? Total { get; init; }

    /// <summary>Warnings of the server.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The server's trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The rate limit from the headers of the answer.</summary>
    public RateLimit? RateLimit { get; init; }
}
