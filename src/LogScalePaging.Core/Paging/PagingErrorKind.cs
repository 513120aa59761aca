namespace LogScalePaging.Paging;

/// <summary>What can break a walk.</summary>
public enum PagingErrorKind
{
    /// <summary>A request failed for good; the inner exception says how.</summary>
    RequestFailed,
    /// <summary>The server led the walk back to a position that it had visited.</summary>
    PositionRepeated,
    /// <summary>Too many empty pages in a row.</summary>
    TooManyEmptyPages,
    /// <summary>The items lack the fields that a walk needs.</summary>
    FieldsMissing,
    /// <summary>The way on was lost too often.</summary>
    TooManyRestarts,
}
