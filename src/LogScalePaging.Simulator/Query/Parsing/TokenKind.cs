namespace LogScalePaging.Simulator.Query.Parsing;

internal enum TokenKind
{
    End,
    Word,
    Quoted,
    Regex,
    Parameter,
    Operator,
    Not,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Comma,
    Pipe,
}
