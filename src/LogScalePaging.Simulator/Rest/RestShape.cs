namespace LogScalePaging.Simulator;

/// <summary>How an endpoint of Falcon's REST API says where the next page begins.</summary>
public enum RestShape
{
    /// <summary><c>offset</c> is a number; the answer has the next one.</summary>
    OffsetNext,

    /// <summary><c>offset</c> is a number; the answer has the given one.</summary>
    OffsetGiven,

    /// <summary><c>offset</c> is a token with an <c>expires_at</c>; a number is refused.</summary>
    Scroll,

    /// <summary><c>next</c> is a token that goes back as <c>offset</c>; the answer's own <c>offset</c> is empty.</summary>
    Next,

    /// <summary><c>after</c> is a token.</summary>
    After,

    /// <summary><c>after</c> is a token, and <c>offset</c> a number that is taken too.</summary>
    AfterAndOffset,

    /// <summary><c>next_token</c> inside <c>meta.pagination</c>.</summary>
    NextTokenInside,

    /// <summary><c>next_token</c> beside <c>meta.pagination</c>.</summary>
    NextTokenBeside,

    /// <summary><c>next_token</c> in an object <c>Paging</c>.</summary>
    NextTokenNested,

    /// <summary><c>offset</c> is a token, and <c>next_page</c> a link with it.</summary>
    Graph,

    /// <summary>No pagination: everything in one answer.</summary>
    Whole,
}
