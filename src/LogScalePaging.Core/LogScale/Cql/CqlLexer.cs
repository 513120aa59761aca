namespace LogScalePaging.LogScale.Cql;

/// <summary>
/// Splits a query into tokens. The vendor states that its grammar is for writing queries and not for parsing them, because of <c>/</c>.
/// Text that the documented rules do not explain, or explain in two ways, is reported as a problem and never guessed.
/// </summary>
/// <remarks>Takes linear time and no recursion, because the query is untrusted.</remarks>
internal sealed class CqlLexer
{
    // The longest are first.
    private static readonly string[] s_operators = ["<=>", "=>", "==", "=~", ":=", "!=", "<=", ">=", "=", "<", ">", "!"];
    private static readonly string[] s_comparisons = ["=", "!=", "<", "<=", ">", ">="];

    private readonly string _query;
    private readonly CqlLiterals _literals;
    private readonly List<CqlToken> _tokens = [];
    private readonly CqlTokens _read;
    private readonly Stack<(CqlTokenKind Open, bool Expression)> _open = new();
    private bool _expression;
    private string? _problem;
    private int _comment = -1;
    private int _at;

    private CqlLexer(string query)
    {
        (_query, _literals) = (query, new CqlLiterals(query));
        _read = new CqlTokens(query, _tokens, null);
    }

    /// <summary>Reads a query. It never fails: if the query is not understood, the result has the problem.</summary>
    public static CqlTokens Read(string query)
    {
        var lexer = new CqlLexer(query);
        while (lexer.SkipSpace())
            lexer.Next();
        if (lexer._open.Count > 0)
            lexer.Fail("a bracket is not closed");
        return lexer._read with { Problem = lexer._problem };
    }

    private CqlTokenKind? Last => _tokens.Count == 0 ? null : _tokens[_tokens.Count - 1].Kind;

    private void Next()
    {
        switch (_query[_at])
        {
            case '"': Literal(CqlTokenKind.Text, _literals.Text(_at, out var text), text); break;
            case '?': Literal(CqlTokenKind.Parameter, _literals.Parameter(_at, out var parameter), parameter); break;
            case '$': Literal(CqlTokenKind.SavedQuery, _literals.SavedQuery(_at, out var saved), saved); break;
            case '/': Slash(); break;
            case '(': Parenthesis(); break;
            case '[': Open(CqlTokenKind.OpenList, _expression); break;
            case '{': Open(CqlTokenKind.OpenBrace, expression: false); break;
            case ')': Close(CqlTokenKind.CloseParen); break;
            case ']': Close(CqlTokenKind.CloseList); break;
            case '}': Close(CqlTokenKind.CloseBrace); break;
            case '|': Separate(CqlTokenKind.Pipe); break;
            case ';': Separate(CqlTokenKind.Semicolon); break;
            case ',': Add(CqlTokenKind.Comma, _at + 1); break;
            default: OperatorOrWord(); break;
        }
    }

    private void Add(CqlTokenKind kind, int end)
    {
        _tokens.Add(new CqlToken(kind, _at, end));
        _at = end;
    }

    private void Literal(CqlTokenKind kind, int end, string? problem)
    {
        if (problem is null)
            Add(kind, end);
        else
            Fail(problem);
    }

    private void Fail(string problem) => _problem ??= FormattableString.Invariant($"{problem} (at character {_at + 1})");

    private void OperatorOrWord()
    {
        foreach (var op in s_operators)
        {
            if (string.CompareOrdinal(_query, _at, op, 0, op.Length) != 0)
                continue;
            Add(CqlTokenKind.Operator, _at + op.Length);
            _expression = op == ":=" || (_expression && op != "=>");
            return;
        }
        Word();
    }

    private void Word()
    {
        var end = _at;
        for (; end < _query.Length && !(_query[end] == ':' && end + 1 < _query.Length && _query[end + 1] == '='); end++)
        {
            if (_query[end] == '`')
            {
                // A member name in the syntax of arrays, which can contain any character.
                var close = _query.IndexOf('`', end + 1);
                if (close < 0 || _query.IndexOfAny(['\n', '\r'], end, close - end) >= 0)
                {
                    Fail("a '`' is not closed on its line");
                    return;
                }
                end = close;
            }
            else if (!CqlText.IsWord(_query[end]))
            {
                break;
            }
            else if (_expression && CqlComment.Begins(_query, end) && !CqlText.IsNeutral(_query, end + 2, CqlText.LineEnd(_query, end)))
            {
                Fail("it is not clear whether a comment begins");
                return;
            }
        }
        if (end == _at)
            Fail($"{CqlText.Shown(_query[_at])} has no meaning here");
        else
            Add(CqlTokenKind.Word, end);
    }

    private void Slash()
    {
        switch (SlashHere())
        {
            case CqlTokenKind.Regex:
                Literal(CqlTokenKind.Regex, _literals.Regex(_at, out var problem), problem);
                return;
            case CqlTokenKind.Operator:
                Add(CqlTokenKind.Operator, _at + 1);
                return;
        }
        var close = _at + 1;
        while (close < _query.Length && _query[close] != '/' && !CqlText.IsLineEnd(_query[close]))
            close += _query[close] == '\\' && close + 1 < _query.Length && !CqlText.IsLineEnd(_query[close + 1]) ? 2 : 1;
        if (close >= _query.Length || _query[close] != '/')
            Add(CqlTokenKind.Operator, _at + 1);
        else if (CqlText.IsNeutral(_query, _at + 1, close))
            Add(CqlTokenKind.Operator, close + 1);
        else
            Fail("it is not clear whether '/' begins a regular expression or divides");
    }

    // The documented positions of a regular expression; null for other positions.
    private CqlTokenKind? SlashHere()
    {
        var last = _tokens.Count - 1;
        switch (Last)
        {
            case null or CqlTokenKind.Pipe or CqlTokenKind.OpenBrace or CqlTokenKind.Semicolon or CqlTokenKind.OpenCall
                or CqlTokenKind.OpenGroup or CqlTokenKind.Comma:
                return CqlTokenKind.Regex;
            case CqlTokenKind.Operator:
                return _read.Written(last) is "=" or "!=" or "=>" or "!" ? CqlTokenKind.Regex : null;
            case CqlTokenKind.Word when !_expression && (CqlText.IsLogic(_read.Written(last)) || _read.Is(last, CqlTokenKind.Word, "like")):
                return CqlTokenKind.Regex;
            case CqlTokenKind.OpenList:
                return null;
            default:
                return _expression ? CqlTokenKind.Operator : null;
        }
    }

    // A name and a parenthesis are a call. With white space between them, the name may also be a value or a search text, and the
    // parenthesis a group.
    private void Parenthesis()
    {
        var last = _tokens.Count - 1;
        var touches = last >= 0 && _tokens[last].End == _at;
        if (Last == CqlTokenKind.SavedQuery)
        {
            Open(CqlTokenKind.OpenCall, expression: true);
            return;
        }
        if (Last is CqlTokenKind.Parameter or CqlTokenKind.Text or CqlTokenKind.Regex && touches)
        {
            Fail("a '(' follows something that is not a name");
            return;
        }
        if (Last != CqlTokenKind.Word || CqlText.IsLogic(_read.Written(last)))
        {
            Open(CqlTokenKind.OpenGroup, _expression);
            return;
        }
        var name = _read.Written(last);
        if (touches || _expression)
            Open(CqlTokenKind.OpenCall, expression: true);
        else if (IsValue(last) || !CqlText.IsFunctionName(name))
            Open(CqlTokenKind.OpenGroup, _expression);
        else if (CqlFunctions.Find(name) is not null)
            Open(CqlTokenKind.OpenCall, expression: true);
        else
            Fail("it is not clear whether a '(' after a space belongs to a function");
    }

    private bool IsValue(int index) =>
        _read.Is(index - 1, CqlTokenKind.Word, "like")
            || (index > 0 && _tokens[index - 1].Kind == CqlTokenKind.Operator
                && Array.IndexOf(s_comparisons, _read.Written(index - 1)) >= 0);

    private void Open(CqlTokenKind kind, bool expression)
    {
        _open.Push((kind, _expression));
        _expression = expression;
        Add(kind, _at + 1);
    }

    private void Close(CqlTokenKind kind)
    {
        var fits = _open.Count > 0 && kind switch
        {
            CqlTokenKind.CloseParen => _open.Peek().Open is CqlTokenKind.OpenCall or CqlTokenKind.OpenGroup,
            CqlTokenKind.CloseList => _open.Peek().Open == CqlTokenKind.OpenList,
            _ => _open.Peek().Open == CqlTokenKind.OpenBrace,
        };
        if (!fits)
        {
            Fail("a closing bracket has no opening bracket");
            return;
        }
        _expression = _open.Pop().Expression;
        Add(kind, _at + 1);
    }

    private void Separate(CqlTokenKind kind)
    {
        if (_open.Count > 0 ? _open.Peek().Open != CqlTokenKind.OpenBrace : kind == CqlTokenKind.Semicolon)
        {
            Fail($"a {CqlText.Shown(_query[_at])} is not expected here");
            return;
        }
        _expression = false;
        Add(kind, _at + 1);
    }

    /// <summary>Skips white space and comments. False at the end, and after a problem.</summary>
    private bool SkipSpace()
    {
        while (_problem is null && _at < _query.Length)
        {
            if (CqlText.IsSpace(_query[_at]))
                _at++;
            else if (!CqlComment.Begins(_query, _at))
                return true;
            else if (CqlComment.End(_query, _at, isSure: _at == _comment, out var problem) is var end && problem is null)
                (_at, _comment) = (end, end);
            else
                Fail(problem!);
        }
        return false;
    }
}
