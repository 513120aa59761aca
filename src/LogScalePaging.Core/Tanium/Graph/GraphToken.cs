namespace LogScalePaging.Tanium.Graph;

/// <summary>A piece of GraphQL text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The piece as it is written.</param>
/// <param name="Depth">How many brackets are open around it.</param>
/// <param name="IsArgument">True within parentheses: among arguments and declarations of variables.</param>
internal readonly record struct GraphToken(GraphTokenKind Kind, string Text, int Depth, bool IsArgument)
{
    /// <summary>True for a name, and for this one if it is given.</summary>
    public bool IsName(string? name = null) => Kind == GraphTokenKind.Name && (name is null || Text == name);

    /// <summary>True for a sign.</summary>
    public bool IsSign(char sign) => Kind == GraphTokenKind.Sign && Text[0] == sign;
}
