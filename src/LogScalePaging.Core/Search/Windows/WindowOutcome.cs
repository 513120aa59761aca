namespace LogScalePaging.Search.Windows;

/// <summary>The result of fetching a window.</summary>
internal enum WindowOutcome
{
    /// <summary>The window is complete and kept.</summary>
    Whole,
    /// <summary>It has more records than fit into the buffer.</summary>
    Overfull,
    /// <summary>Its answer exceeds the size limit.</summary>
    TooLarge,
    /// <summary>It has fewer records than were counted. Smaller windows may have all of them.</summary>
    Short,
}
