namespace LogScalePaging.LogScale.Cql;

/// <summary>Whether a time range may be cut into windows that are read by jobs of their own.</summary>
/// <param name="Allowed">True when the windows together give what one job over the whole range would give.</param>
/// <param name="Reason">Why, or why not, in words that can follow a colon.</param>
internal readonly record struct CutDecision(bool Allowed, string Reason);
