namespace LogScalePaging.Simulator;

/// <summary>How an endpoint of Falcon's REST API says where the next page begins.</summary>
public enum RestShape
{
    /// <summary><c>offset</c> is a number; the answer has the next offset.</summary>
    OffsetNext,

    /// <summary><c>offset</c> is a number; the answer has the current offset.</summary>
    OffsetGiven,

    /// <summary><c>offset</c> is a token with an <c>expires_at</c>; a number is refused.</summary>
    Scroll,

    /// <summary><c>next</c> is a token that is sent back as <c>offset</c>; the <c>offset</c> in the answer is empty.</summary>
    Next,

    /// <summary><c>after</c> is a token.</summary>
    After,

    /// <summary><c>after</c> is a token; a number in <c>offset</c> is accepted too.</summary>
    AfterAndOffset,

    /// <summary><c>next_token</c> inside <c>meta.pagination</c>.</summary>
    NextTokenInside,

    /// <summary><c>next_token</c> beside <c>meta.pagination</c>.</summary>
    NextTokenBeside,

    /// <summary><c>next_token</c> in an object <c>Paging</c>.</summary>
    NextTokenNested,

    /// <summary><c>offset</c> is a token, and <c>next_page</c> is a link that contains it.</summary>
    Graph,

    /// <summary>No pagination: everything in one answer.</summary>
    Whole,
}
