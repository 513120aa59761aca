namespace LogScalePaging.LogScale;

/// <summary>How to get past the result buffer.</summary>
public enum SearchStrategy
{
    /// <summary>Whatever fits the query best.</summary>
    Auto,
    /// <summary>Page by page from the newest event to the oldest, each page before the oldest event that is known.</summary>
    Around,
}
