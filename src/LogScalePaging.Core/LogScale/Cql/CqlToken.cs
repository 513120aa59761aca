namespace LogScalePaging.LogScale.Cql;

/// <summary>A piece of a query. White space and comments are not tokens.</summary>
/// <param name="Kind">The kind of token.</param>
/// <param name="Start">Index in the query.</param>
/// <param name="End">Index right after it.</param>
internal readonly record struct CqlToken(CqlTokenKind Kind, int Start, int End);

/// <summary>A query in tokens.</summary>
/// <param name="Query">The query.</param>
/// <param name="Items">Its tokens, up to the problem if there is one.</param>
/// <param name="Problem">Why the query is not understood, in words; null if it is.</param>
internal sealed record CqlTokens(string Query, IReadOnlyList<CqlToken> Items, string? Problem)
{
    /// <summary>The token as it is written.</summary>
    public string Written(int index) => Query.Substring(Items[index].Start, Items[index].End - Items[index].Start);

    /// <summary>The token without the quotes of a string. Escapes are kept: no name that matters here needs one.</summary>
    public string Value(int index)
    {
        var token = Items[index];
        return token.Kind == CqlTokenKind.Text ? Query.Substring(token.Start + 1, token.End - token.Start - 2) : Written(index);
    }

    /// <summary>True if there is a token with this text. Case does not matter.</summary>
    public bool Is(int index, CqlTokenKind kind, string written)
    {
        if (index < 0 || index >= Items.Count)
            return false;
        var token = Items[index];
        return token.Kind == kind && token.End - token.Start == written.Length
            && string.Compare(Query, token.Start, written, 0, written.Length, StringComparison.OrdinalIgnoreCase) == 0;
    }
}
