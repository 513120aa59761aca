namespace LogScalePaging.Axiom.Apl;

/// <summary>A piece of APL. White space and comments are left out.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins in the query.</param>
/// <param name="Value">As it is written; a string has its quotes.</param>
/// <param name="Depth">How many brackets are open around it.</param>
internal readonly record struct AplToken(AplTokenKind Kind, int Start, string Value, int Depth)
{
    /// <summary>Where the piece ends in the query.</summary>
    public int End => Start + Value.Length;

    /// <summary>True for this character outside strings and names.</summary>
    public bool Is(char sign) => Kind == AplTokenKind.Sign && Value[0] == sign;

    /// <summary>True for this name. Keywords and names of APL are case-sensitive.</summary>
    public bool IsWord(string word) => Kind == AplTokenKind.Word && Value == word;
}
