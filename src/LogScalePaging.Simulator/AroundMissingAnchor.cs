namespace LogScalePaging.Simulator;

/// <summary>What happens if the anchor of an <c>around</c> job is not among the events that the query matches.</summary>
public enum AroundMissingAnchor
{
    /// <summary>The anchor's timestamp gives its place: events at or before it count as "before".</summary>
    ByTimestamp,

    /// <summary>The job is done at once and has no events.</summary>
    Empty,

    /// <summary>The job is refused with 400.</summary>
    BadRequest,
}
