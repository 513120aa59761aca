namespace LogScalePaging.Tanium.Graph;

/// <summary>The kinds of pieces of GraphQL text.</summary>
internal enum GraphTokenKind
{
    /// <summary>The name of a field, argument, type or variable, or a keyword.</summary>
    Name,

    /// <summary>A string or a number.</summary>
    Value,

    /// <summary>One character that is neither: a bracket, a colon, a dollar sign.</summary>
    Sign,
}
