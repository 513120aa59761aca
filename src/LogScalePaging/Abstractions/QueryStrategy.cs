namespace LogScalePaging;

/// <summary>How to get past a job's result buffer.</summary>
public enum QueryStrategy
{
    /// <summary>The best strategy for the query and its result.</summary>
    Auto,
    /// <summary>Page by page from the newest event to the oldest.</summary>
    Around,
    /// <summary>The range is cut into windows that fit into the largest buffer, and many are read in parallel.</summary>
    Window,
    /// <summary>
    /// One streamed answer. It is kept if the count agrees, else windows are used. For files only, and not through the Falcon gateway.
    /// </summary>
    Stream,
}
