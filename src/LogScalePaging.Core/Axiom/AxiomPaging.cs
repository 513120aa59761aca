namespace LogScalePaging.Axiom;

/// <summary>How the pages of an Axiom query are asked for.</summary>
public enum AxiomPaging
{
    /// <summary>By time, and large ranges in windows. A query that cannot be cut by time comes whole, in one answer.</summary>
    Auto,

    /// <summary>Page by page, each from the last time of the one before.</summary>
    Time,

    /// <summary>Page by page, each from a row of the one before, by its cursor.</summary>
    Cursor,

    /// <summary>Windows of the range, several at once.</summary>
    Window,
}
