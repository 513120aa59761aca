namespace LogScalePaging.Simulator;

/// <summary>How a page of Tanium is wrong although its status is 200.</summary>
public enum TaniumFaultKind
{
    /// <summary>The cursor of the next page is null although more follows.</summary>
    NullCursor,

    /// <summary>The cursor of the next page is an empty text although more follows.</summary>
    EmptyCursor,

    /// <summary>The cursor of the next page is the one that was sent.</summary>
    RepeatedCursor,

    /// <summary>The cursor of the next page is the first one of the walk again.</summary>
    FirstCursor,

    /// <summary>The cursor that was sent is not valid any more.</summary>
    ExpiredCursor,

    /// <summary>Another client refreshed the collection before this page.</summary>
    Refreshed,

    /// <summary>The page has one record; the others come on the next.</summary>
    SparsePage,

    /// <summary>The page has no record; they come on the next.</summary>
    EmptyPage,

    /// <summary>The page says that no other follows, although more records match.</summary>
    EarlyEnd,

    /// <summary>The total is <see cref="TaniumFault.Value"/>.</summary>
    Total,

    /// <summary>An error in place of the data.</summary>
    ErrorsWithoutData,

    /// <summary>An error beside the data.</summary>
    ErrorsBesideData,

    /// <summary>The first edge has no node, with an error beside it.</summary>
    NullNode,
}
