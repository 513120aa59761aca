namespace LogScalePaging.Simulator;

/// <summary>How a page of Falcon's REST API is wrong although its status is 200.</summary>
public enum RestFaultKind
{
    /// <summary>The token is an empty text although more follows.</summary>
    EmptyToken,

    /// <summary>The token is not there although more follows.</summary>
    NoToken,

    /// <summary>The token is the one that was sent.</summary>
    RepeatedToken,

    /// <summary>The token is the first one of the walk again.</summary>
    FirstToken,

    /// <summary>The token that was sent is not valid any more.</summary>
    ExpiredToken,

    /// <summary>The page has one record; the others come on the next.</summary>
    SparsePage,

    /// <summary>The page has no record; they come on the next.</summary>
    EmptyPage,

    /// <summary>The total is <see cref="RestFault.Value"/>.</summary>
    Total,
}
