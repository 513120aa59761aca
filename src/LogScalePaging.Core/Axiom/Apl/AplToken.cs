namespace LogScalePaging.Axiom.Apl;

/// <summary>A token of APL. White space and comments are left out.</summary>
/// <param name="Kind">The kind of token.</param>
/// <param name="Start">Index in the query.</param>
/// <param name="Value">The text as it is written; a string with its quotes.</param>
/// <param name="Depth">Number of brackets that are open around it.</param>
internal readonly record struct AplToken(AplTokenKind Kind, int Start, string Value, int Depth)
{
    /// <summary>Index after the token.</summary>
    public int End => Start + Value.Length;

    /// <summary>True for this character outside strings and names.</summary>
    public bool Is(char sign) => Kind == AplTokenKind.Sign && Value[0] == sign;

    /// <summary>True for this name. Keywords and names of APL are case-sensitive.</summary>
    public bool IsWord(string word) => Kind == AplTokenKind.Word && Value == word;
}
