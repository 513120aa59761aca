namespace LogScalePaging.Simulator.Query.Parsing;

/// <summary>A piece of a query.</summary>
/// <param name="Text">For quoted text: unescaped, except wildcards. For a regex: the pattern.</param>
/// <param name="Position">Index in the query.</param>
/// <param name="End">Index right after it.</param>
/// <param name="Flags">Flags of a regex; default value of a parameter.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, int End, string? Flags = null)
{
    public bool IsKeyword(string word) => Kind == TokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
