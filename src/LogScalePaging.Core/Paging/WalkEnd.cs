namespace LogScalePaging.Paging;

/// <summary>What made a walk end. A walk ends by one of these or by an exception, never by silence.</summary>
/// <param name="Reason">The reason by name.</param>
/// <param name="Why">The reason in words.</param>
public sealed record WalkEnd(EndReason Reason, string Why);
