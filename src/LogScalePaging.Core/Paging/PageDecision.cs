using LogScalePaging.Diagnostics;

namespace LogScalePaging.Paging;

/// <summary>Where a walk goes after a page.</summary>
public abstract record PageDecision
{
    private PageDecision()
    {
    }

    /// <summary>The walk goes on.</summary>
    /// <param name="Next">Position of the next page; must not have been visited before.</param>
    public sealed record Continue(PagePosition Next) : PageDecision
    {
        /// <summary>A happening to name, with its words.</summary>
        public (SignalKind Kind, string Message)? Signal { get; init; }
    }

    /// <summary>The walk begins again and what was seen is dropped: the way on was lost.</summary>
    /// <param name="Next">Where to begin again; it may have been visited before.</param>
    /// <param name="Kind">What was lost, by name.</param>
    /// <param name="Why">The same in words.</param>
    public sealed record Restart(PagePosition Next, SignalKind Kind, string Why) : PageDecision;

    /// <summary>The walk ends.</summary>
    public sealed record End(WalkEnd What) : PageDecision
    {
        /// <summary>Ends a walk for a reason.</summary>
        public End(EndReason reason, string why) : this(new WalkEnd(reason, why))
        {
        }
    }
}
