namespace LogScalePaging.Axiom.Apl;

/// <summary>What a piece of APL is.</summary>
internal enum AplTokenKind
{
    /// <summary>A name, a keyword, a number or a time span: <c>where</c>, <c>_time</c>, <c>1h</c>, <c>project-away</c>.</summary>
    Word,

    /// <summary>A string with its quotes.</summary>
    Text,

    /// <summary>Any other character.</summary>
    Sign,
}
