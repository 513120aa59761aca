namespace LogScalePaging.Tanium.Graph;

/// <summary>A page to request.</summary>
/// <param name="Size">Maximum number of records on the page.</param>
/// <param name="Backward">True for the page before the cursor, from the end of the collection.</param>
internal sealed record GraphPage(int Size, bool Backward)
{
    /// <summary>The cursor after which the page begins, or before which it ends; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The cursor of the collection that is refreshed before the page is read; null for no refresh.</summary>
    public string? Refresh { get; init; }

    /// <summary>True if only the total is needed.</summary>
    public bool IsCount { get; init; }

    /// <summary>True if only the facts about the collection are needed, not its records.</summary>
    public bool IsProbe { get; init; }
}
