using LogScalePaging.Diagnostics;
using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Paging;

/// <summary>How a walk continues after a page.</summary>
internal abstract record PageDecision
{
    private PageDecision()
    {
    }

    /// <summary>The walk continues.</summary>
    /// <param name="Next">Position of the next page. It must not have been visited before.</param>
    public sealed record Continue(PagePosition Next) : PageDecision
    {
        /// <summary>A signal to emit.</summary>
        public (SignalKind Kind, string Message)? Signal { get; init; }
    }

    /// <summary>The walk starts again, and known items are dropped, because the way to continue was lost.</summary>
    /// <param name="Next">The position to start from. It may have been visited before.</param>
    /// <param name="Kind">The signal for what was lost.</param>
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
