namespace LogScalePaging.LogScale.Cql;

/// <summary>Whether a time range may be cut into windows that separate jobs read.</summary>
/// <param name="Allowed">True if the windows together return what one job over the whole range would return.</param>
/// <param name="Reason">Why, or why not, in words that can follow a colon.</param>
internal readonly record struct CutDecision(bool Allowed, string Reason);
