namespace LogScalePaging.Tanium.Graph;

/// <summary>One page to ask for.</summary>
/// <param name="Size">Records on the page at most.</param>
/// <param name="Backward">True for the page before the cursor, from the end of the collection.</param>
internal sealed record GraphPage(int Size, bool Backward)
{
    /// <summary>The cursor that the page lies behind or before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The cursor of the collection that is refreshed before the page is read; null for no refresh.</summary>
    public string? Refresh { get; init; }

    /// <summary>True when only the total matters.</summary>
    public bool IsCount { get; init; }

    /// <summary>True when only what the answer says about the collection matters.</summary>
    public bool IsProbe { get; init; }
}
