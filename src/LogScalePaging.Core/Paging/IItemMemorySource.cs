namespace LogScalePaging.Paging;

/// <summary>A strategy that knows a cheaper way to find repeated items than to remember all of them.</summary>
internal interface IItemMemorySource<TItem>
{
    /// <summary>An empty memory for one walk; null to remember all items as usual.</summary>
    IItemMemory<TItem>? NewMemory();
}
