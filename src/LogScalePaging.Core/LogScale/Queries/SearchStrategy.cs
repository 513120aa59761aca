namespace LogScalePaging.LogScale.Queries;

/// <summary>How to get past the result buffer.</summary>
public enum SearchStrategy
{
    /// <summary>Whatever fits the query best.</summary>
    Auto,
    /// <summary>Page by page from the newest event to the oldest, each page before the oldest event that is known.</summary>
    Around,
    /// <summary>The range is cut into windows that fit the widened buffer, and many are fetched at once.</summary>
    Window,
    /// <summary>One streamed answer, kept when the count agrees, else windows. For files only, and not through the Falcon gateway.</summary>
    Stream,
}
