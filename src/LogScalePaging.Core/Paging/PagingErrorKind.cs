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
    /// <summary>The server sent far more items than it counts.</summary>
    TooManyItems,
    /// <summary>Slices of one result repeat an item, so they lack another.</summary>
    ItemsRepeated,
    /// <summary>The server searched another time range than was asked.</summary>
    OtherRange,
    /// <summary>A bug of this program; the inner exception says where.</summary>
    Bug,
}
