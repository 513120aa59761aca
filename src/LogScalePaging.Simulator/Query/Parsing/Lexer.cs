using System.Text;

namespace LogScalePaging.Simulator.Query.Parsing;

/// <summary>Splits a query into tokens. White space and comments are skipped.</summary>
internal sealed class Lexer(string query)
{
    private const string EndsWord = "()[]{}|,=!<>\"";
    private static readonly string[] Operators = ["!=", "<=", ">=", "=~", ":=", "=", "<", ">"];
    private int _at;

    public List<Token> Tokens()
    {
        var tokens = new List<Token>();
        do
        {
            SkipSpace();
            tokens.Add(Next());
        }
        while (tokens[tokens.Count - 1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        var start = _at;
        if (_at == query.Length)
            return new Token(TokenKind.End, "end of query", start, start);
        foreach (var op in Operators)
        {
            if (string.CompareOrdinal(query, _at, op, 0, op.Length) == 0)
                return Take(TokenKind.Operator, op.Length);
        }
        switch (query[_at])
        {
            case '(': return Take(TokenKind.OpenParen, 1);
            case ')': return Take(TokenKind.CloseParen, 1);
            case '[': return Take(TokenKind.OpenBracket, 1);
            case ']': return Take(TokenKind.CloseBracket, 1);
            case '{': return Take(TokenKind.OpenBrace, 1);
            case '}': return Take(TokenKind.CloseBrace, 1);
            case ',': return Take(TokenKind.Comma, 1);
            case '|': return Take(TokenKind.Pipe, 1);
            case '!': return Take(TokenKind.Not, 1);
            case '"': return Quoted();
            case '?': return Parameter();
            case '/' when TryRegex(out var regex): return regex;
            default: return Word();
        }
    }

    private Token Take(TokenKind kind, int length)
    {
        _at += length;
        return new Token(kind, query.Substring(_at - length, length), _at - length, _at);
    }

    private Token Word()
    {
        var start = _at;
        while (_at < query.Length && !char.IsWhiteSpace(query[_at]) && !EndsWord.Contains(query[_at])
            && string.CompareOrdinal(query, _at, ":=", 0, 2) != 0)
        {
            _at++;
        }
        return new Token(TokenKind.Word, query.Substring(start, _at - start), start, _at);
    }

    private Token Quoted()
    {
        var start = _at++;
        var text = new StringBuilder();
        for (; _at < query.Length; _at++)
        {
            var c = query[_at];
            if (c == '"')
            {
                _at++;
                return new Token(TokenKind.Quoted, text.ToString(), start, _at);
            }
            if (c != '\\' || _at + 1 == query.Length)
            {
                text.Append(c);
                continue;
            }
            c = query[++_at];
            // An escaped star or backslash keeps its escape. The reader of wildcards removes it.
            text.Append(c switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '"' => "\"", '\\' => "\\\\", '*' => "\\*", _ => "\\\\" + c });
        }
        throw QueryException.At("Missing closing quote", query, start, query.Length - start);
    }

    private Token Parameter()
    {
        var start = _at++;
        var braced = _at < query.Length && query[_at] == '{';
        if (braced)
            _at++;
        var from = _at;
        while (_at < query.Length && (char.IsLetterOrDigit(query[_at]) || query[_at] == '_'))
            _at++;
        var name = query.Substring(from, _at - from);
        string? fallback = null;
        if (braced)
        {
            SkipSpace();
            if (_at < query.Length && query[_at] == '=')
            {
                _at++;
                SkipSpace();
                fallback = Next().Text;
                SkipSpace();
            }
            if (_at == query.Length || query[_at++] != '}')
                throw QueryException.At("Missing closing brace", query, start);
        }
        if (name.Length == 0)
            throw QueryException.At("Expected the name of a parameter", query, start);
        return new Token(TokenKind.Parameter, name, start, _at, fallback);
    }

    private bool TryRegex(out Token regex)
    {
        regex = default;
        var i = _at + 1;
        while (i < query.Length && query[i] != '/' && query[i] != '\n')
            i += query[i] == '\\' ? 2 : 1;
        if (i >= query.Length || query[i] != '/' || i == _at + 1)
            return false;
        var pattern = query.Substring(_at + 1, i - _at - 1).Replace("\\/", "/");
        var end = i + 1;
        while (end < query.Length && "imdgF".Contains(query[end]))
            end++;
        if (end < query.Length && !char.IsWhiteSpace(query[end]) && !EndsWord.Contains(query[end]))
            return false;
        regex = new Token(TokenKind.Regex, pattern, _at, end, query.Substring(i + 1, end - i - 1));
        _at = end;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < query.Length)
        {
            if (char.IsWhiteSpace(query[_at]))
            {
                _at++;
            }
            else if (string.CompareOrdinal(query, _at, "//", 0, 2) == 0)
            {
                var end = query.IndexOf('\n', _at);
                _at = end < 0 ? query.Length : end;
            }
            else if (string.CompareOrdinal(query, _at, "/*", 0, 2) == 0)
            {
                var end = query.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0)
                    throw QueryException.At("Missing end of comment", query, _at);
                _at = end + 2;
            }
            else
            {
                return;
            }
        }
    }
}
