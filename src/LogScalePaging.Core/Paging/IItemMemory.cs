using LogScalePaging.Records.Identities;

namespace LogScalePaging.Paging;

/// <summary>Finds repeated items of a walk. For one walk and one thread.</summary>
internal interface IItemMemory<TItem>
{
    /// <summary>Returns whether an item is a repeat, and remembers it.</summary>
    /// <param name="page">A page of the walk. Call this for each of its items in their order; the items are not needed after that.</param>
    /// <param name="index">Index of the item in the page.</param>
    /// <exception cref="PagingException">The item cannot be compared with the others.</exception>
    Sighting Add(IReadOnlyList<TItem> page, int index);
}
