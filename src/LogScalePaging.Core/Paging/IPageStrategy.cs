using LogScalePaging.Records;

namespace LogScalePaging.Paging;

/// <summary>
/// How one system hands out its pages: pure functions from a position to a request and from an answer to items and the next position.
/// No input or output, no clock, no state between calls: all that must be remembered stands in the position.
/// </summary>
public interface IPageStrategy<TRequest, TResponse, TItem>
{
    /// <summary>Name, as checkpoints and manifests state it.</summary>
    string Name { get; }

    /// <summary>Where a walk without a checkpoint begins.</summary>
    PagePosition Start { get; }

    /// <summary>The request for the page at a position.</summary>
    TRequest CreateRequest(PagePosition position);

    /// <summary>Reads the items of an answer, put in the order of the walk.</summary>
    /// <exception cref="PagingException">The answer cannot be walked on from.</exception>
    PageContent<TItem> Read(PagePosition position, TResponse response);

    /// <summary>Where to go after a page.</summary>
    PageDecision Decide(PagePosition position, PageContent<TItem> content, WalkState state);

    /// <summary>How many items must be remembered so that none is handed on twice.</summary>
    IdentityMemory Memory { get; }

    /// <summary>What makes an item the same item when it comes again; <see cref="ItemIdentity.None"/> when it cannot be told.</summary>
    ItemIdentity IdentityOf(in TItem item);
}
