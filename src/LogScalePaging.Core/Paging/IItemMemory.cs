using LogScalePaging.Records;
namespace LogScalePaging.Paging;

/// <summary>Tells which items of a walk came before. For one walk and one thread.</summary>
internal interface IItemMemory<TItem>
{
    /// <summary>Says whether an item came before, and remembers it.</summary>
    /// <param name="page">A page of the walk. Call this for each of its items in their order; the items are not needed after that.</param>
    /// <param name="index">Index of the item in the page.</param>
    /// <exception cref="PagingException">The item cannot be compared with the others.</exception>
    Sighting Add(IReadOnlyList<TItem> page, int index);
}
