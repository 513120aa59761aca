namespace LogScalePaging.Paging;

/// <summary>Why a walk broke off.</summary>
public enum PagingErrorKind
{
    /// <summary>A request failed in every attempt. The inner exception says how.</summary>
    RequestFailed,
    /// <summary>The server sent the walk back to a visited position.</summary>
    PositionRepeated,
    /// <summary>Too many empty pages in a row.</summary>
    TooManyEmptyPages,
    /// <summary>The items lack the fields that a walk needs.</summary>
    FieldsMissing,
    /// <summary>The walk had to start again too often.</summary>
    TooManyRestarts,
    /// <summary>The server sent far more items than it counted.</summary>
    TooManyItems,
    /// <summary>Slices of one result repeat an item, so another one is missing.</summary>
    ItemsRepeated,
    /// <summary>The server searched another time range than the requested one.</summary>
    OtherRange,
    /// <summary>A bug of this program. The inner exception says where.</summary>
    Bug,
    /// <summary>The server sent a record of another tenant.</summary>
    OtherTenant,
}
