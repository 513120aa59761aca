namespace LogScalePaging;

/// <summary>How the pages of a query of Axiom are requested.</summary>
public enum AxiomQueryPaging
{
    /// <summary>By time, and large ranges in windows. A query that cannot be cut by time is read whole, in one answer.</summary>
    Auto,
    /// <summary>Page by page, each from the last time of the page before it.</summary>
    Time,
    /// <summary>Page by page, each from the cursor of a row of the page before it.</summary>
    Cursor,
    /// <summary>The range is cut into windows, and many are read in parallel.</summary>
    Window,
}
