namespace LogScalePaging.LogScale;

/// <summary>Asks a query job for the events around one event.</summary>
/// <param name="EventId">The event's <c>@id</c>.</param>
/// <param name="Timestamp">The event's <c>@timestamp</c>, epoch milliseconds.</param>
/// <param name="Before">How many older events, 0 or more.</param>
/// <param name="After">How many newer events, 0 or more.</param>
public sealed record AroundAnchor(string EventId, long Timestamp, int Before, int After = 0);
