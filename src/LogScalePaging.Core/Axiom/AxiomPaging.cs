namespace LogScalePaging.Axiom;

/// <summary>How the pages of an Axiom query are requested.</summary>
public enum AxiomPaging
{
    /// <summary>By time, and large ranges in windows. The result of a query that cannot be cut by time is read in one answer.</summary>
    Auto,

    /// <summary>Page by page. Each page begins at the last time of the page before it.</summary>
    Time,

    /// <summary>Page by page. Each page begins at the cursor of a row of the page before it.</summary>
    Cursor,

    /// <summary>Windows of the range, several in parallel.</summary>
    Window,
}
