namespace LogScalePaging.Simulator;

/// <summary>The faults of a page of Falcon's REST API whose status is 200.</summary>
public enum RestFaultKind
{
    /// <summary>The token is an empty string, although there are more records.</summary>
    EmptyToken,

    /// <summary>There is no token, although there are more records.</summary>
    NoToken,

    /// <summary>The token is the sent one.</summary>
    RepeatedToken,

    /// <summary>The token is the first one of the walk.</summary>
    FirstToken,

    /// <summary>The sent token is no longer valid.</summary>
    ExpiredToken,

    /// <summary>The page has one record. The others are on the next page.</summary>
    SparsePage,

    /// <summary>The page has no records. They are on the next page.</summary>
    EmptyPage,

    /// <summary>The total is <see cref="RestFault.Value"/>.</summary>
    Total,
}
