namespace LogScalePaging.LogScale.Cql;

/// <summary>The kind of a token.</summary>
internal enum CqlTokenKind
{
    /// <summary>An unquoted word: a name, a value, a number, a keyword, or arithmetic without spaces.</summary>
    Word,
    /// <summary>A quoted string, with its quotes.</summary>
    Text,
    /// <summary>A regular expression with its slashes and flags.</summary>
    Regex,
    Operator,
    /// <summary>The parenthesis after the name of a function or of a saved query.</summary>
    OpenCall,
    /// <summary>Any other opening parenthesis.</summary>
    OpenGroup,
    OpenList,
    OpenBrace,
    CloseParen,
    CloseList,
    CloseBrace,
    Pipe,
    Comma,
    Semicolon,
    /// <summary><c>$name</c> or <c>$"name"</c>.</summary>
    SavedQuery,
    /// <summary><c>?name</c>, <c>?"name"</c> or <c>?{name=default}</c>.</summary>
    Parameter,
}
