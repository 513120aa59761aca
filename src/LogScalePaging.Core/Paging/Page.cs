using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Paging;

/// <summary>One page of a walk. An empty page with a next position is not the end.</summary>
/// <param name="Items">The new items of this page, in the order of the walk; may be empty.</param>
/// <param name="Next">The position after this page; null if the walk ends with it.</param>
/// <param name="Info">The metadata of the page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, Checkpoint? Next, PageInfo Info)
{
    /// <summary>
    /// Releases the items after their last use. The iterators that passed the page on keep it until the next one arrives, and a page of
    /// events is some megabytes.
    /// </summary>
    internal void Forget() => (Items as List<T>)?.Clear();
}
