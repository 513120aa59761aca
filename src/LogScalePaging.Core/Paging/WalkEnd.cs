namespace LogScalePaging.Paging;

/// <summary>Why a walk ended. A walk ends with a reason or with an exception, never silently.</summary>
/// <param name="Reason">The reason by name.</param>
/// <param name="Why">The reason in words.</param>
public sealed record WalkEnd(EndReason Reason, string Why);
