using LogScalePaging.Paging.Positions;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Paging;

/// <summary>
/// How one system returns its pages: pure functions from a position to a request, and from an answer to items and the next position. No
/// input or output, no clock, and no state between calls: the position holds everything that must be remembered.
/// </summary>
internal interface IPageStrategy<TRequest, TResponse, TItem>
{
    /// <summary>Name in checkpoints and manifests.</summary>
    string Name { get; }

    /// <summary>The start of a walk without a checkpoint.</summary>
    PagePosition Start { get; }

    /// <summary>The request for the page at a position.</summary>
    TRequest CreateRequest(PagePosition position);

    /// <summary>Reads the items of an answer, in the order of the walk.</summary>
    /// <exception cref="PagingException">The walk cannot continue from this answer.</exception>
    PageContent<TItem> Read(PagePosition position, TResponse response);

    /// <summary>Decides how the walk continues after a page.</summary>
    PageDecision Decide(PagePosition position, PageContent<TItem> content, WalkState state);

    /// <summary>How many items must be remembered, so that no item is passed on twice.</summary>
    IdentityMemory Memory { get; }

    /// <summary>How to recognise an item that is repeated; <see cref="ItemIdentity.None"/> if this is not possible.</summary>
    ItemIdentity IdentityOf(in TItem item);
}
