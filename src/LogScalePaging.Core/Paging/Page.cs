namespace LogScalePaging.Paging;

/// <summary>One page of a walk. Pages come first; items are derived from them. An empty page with a next position is not the end.</summary>
/// <param name="Items">What is new in this page, in the order of the walk; may be empty.</param>
/// <param name="Next">From where a walk goes on after this page; null when it ends with it.</param>
/// <param name="Info">What else is known of the page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, Checkpoint? Next, PageInfo Info)
{
    /// <summary>
    /// Lets go of the items, once everybody is done with them: the iterators that handed the page on hold it until the next one has come,
    /// and a page of events is some megabytes.
    /// </summary>
    internal void Forget() => (Items as List<T>)?.Clear();
}
