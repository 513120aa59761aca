namespace LogScalePaging.LogScale.Cql;

/// <summary>
/// Finds every call of a query, at every level, and every place without a call that writes the fields that a walk needs.
/// </summary>
/// <remarks>One pass over the tokens, with its own stack.</remarks>
internal sealed class CqlCalls
{
    public const string Id = "@id";
    public const string Timestamp = "@timestamp";

    private readonly CqlTokens _tokens;
    private readonly Stack<Level> _outer = new();
    private Level _level = new(CqlTokenKind.OpenBrace, null, CqlScope.Main);

    private CqlCalls(CqlTokens tokens) => _tokens = tokens;

    /// <summary>The calls, in the order of the query.</summary>
    public List<CqlCall> All { get; } = [];

    /// <summary>True if <c>@timestamp := ..</c> or a named group of a regular expression writes it.</summary>
    public bool AssignsTimestamp { get; private set; }

    /// <summary>True if <c>@id</c> is written in the same way.</summary>
    public bool AssignsId { get; private set; }

    /// <summary>True if a regular expression has the flag <c>g</c>, and can make a row of each match.</summary>
    public bool RepeatsRegex { get; private set; }

    /// <summary>Reads the calls of a query that is understood.</summary>
    public static CqlCalls Of(CqlTokens tokens)
    {
        var calls = new CqlCalls(tokens);
        for (var i = 0; i < tokens.Items.Count; i++)
            i = calls.Read(i);
        return calls;
    }

    /// <summary>
    /// Everything that may be a call in a query that is not understood: every word before a parenthesis, also in strings and comments.
    /// </summary>
    public static IReadOnlyList<CqlCall> Perhaps(string query)
    {
        var calls = new List<CqlCall>();
        for (var i = query.IndexOf('('); i >= 0; i = query.IndexOf('(', i + 1))
        {
            var end = i;
            while (end > 0 && char.IsWhiteSpace(query[end - 1]))
                end--;
            var start = end;
            while (start > 0 && (CqlText.IsName(query[start - 1]) || query[start - 1] == ':'))
                start--;
            if (CqlFunctions.Find(query.Substring(start, end - start)) is { } function)
                calls.Add(new CqlCall(function.Name, CqlScope.Main) { Function = function });
        }
        return calls;
    }

    private int Read(int i)
    {
        var kind = _tokens.Items[i].Kind;
        if (kind is CqlTokenKind.CloseParen or CqlTokenKind.CloseList or CqlTokenKind.CloseBrace)
        {
            _level = _outer.Pop();
            return i;
        }
        if (kind == CqlTokenKind.Comma)
        {
            if (_level.Open == CqlTokenKind.OpenCall)
                _level.Argument = null;
            return i;
        }
        i = BeginArgument(i);
        switch (_tokens.Items[i].Kind)
        {
            case CqlTokenKind.OpenCall:
                Enter(CqlTokenKind.OpenCall, Call(i), _level.Scope);
                break;
            case CqlTokenKind.OpenList when IsStep(i):
                All.Add(new CqlCall("stats", Scope()) { Function = CqlFunctions.Find("stats") });
                Enter(CqlTokenKind.OpenList, All[All.Count - 1], _level.Scope);
                break;
            case CqlTokenKind.OpenList or CqlTokenKind.OpenGroup:
                Enter(_tokens.Items[i].Kind, _level.Owner, _level.Scope, _level.Argument);
                break;
            case CqlTokenKind.OpenBrace:
                Enter(CqlTokenKind.OpenBrace, null, ScopeOfBraces());
                break;
            case CqlTokenKind.Operator when _tokens.Is(i, CqlTokenKind.Operator, ":=") && i > 0:
                Assign(_tokens.Value(i - 1));
                break;
            default:
                Mention(i);
                break;
        }
        return i;
    }

    // Each argument begins at its first token. Without tokens there is no argument.
    private int BeginArgument(int i)
    {
        if (_level.Open != CqlTokenKind.OpenCall || _level.Argument is not null)
            return i;
        var isNamed = _tokens.Items[i].Kind is CqlTokenKind.Word or CqlTokenKind.Text && _tokens.Is(i + 1, CqlTokenKind.Operator, "=")
            && i + 2 < _tokens.Items.Count
            && _tokens.Items[i + 2].Kind is not (CqlTokenKind.Comma or CqlTokenKind.CloseParen);
        _level.Argument = new CqlArgument(isNamed ? _tokens.Value(i) : null);
        _level.Owner!.Arguments.Add(_level.Argument);
        return isNamed ? i + 2 : i;
    }

    private CqlCall Call(int i)
    {
        var isSaved = _tokens.Items[i - 1].Kind == CqlTokenKind.SavedQuery;
        var written = _tokens.Written(i - 1);
        var name = isSaved ? written : CqlText.CallName(written);
        var call = new CqlCall(name, Scope())
        {
            Function = isSaved ? null : CqlFunctions.Find(name),
            IsSavedQuery = isSaved,
            Target = _tokens.Is(i - 2, CqlTokenKind.Operator, ":=") && i > 2 && name == written ? _tokens.Value(i - 3) : null,
        };
        All.Add(call);
        return call;
    }

    private void Mention(int i)
    {
        var token = _tokens.Items[i];
        if (token.Kind == CqlTokenKind.SavedQuery && !(i + 1 < _tokens.Items.Count && _tokens.Items[i + 1].Kind == CqlTokenKind.OpenCall))
            All.Add(new CqlCall(_tokens.Written(i), Scope()) { IsSavedQuery = true });
        if (token.Kind is CqlTokenKind.Text or CqlTokenKind.Regex)
            Group(i);
        if (_level.Argument is not { } argument)
            return;
        argument.Tokens++;
        argument.HasParameter |= token.Kind == CqlTokenKind.Parameter;
        argument.Last = token.Kind is CqlTokenKind.Word or CqlTokenKind.Text ? _tokens.Value(i) : null;
        argument.NamesId |= IsField(argument.Last, Id);
        argument.NamesTimestamp |= IsField(argument.Last, Timestamp);
    }

    // A regular expression in a literal or in a string. Its named groups become fields.
    private void Group(int i)
    {
        if (_level.Scope == CqlScope.Independent)
            return;
        var token = _tokens.Items[i];
        AssignsTimestamp |= Holds($"<{Timestamp}>");
        AssignsId |= Holds($"<{Id}>");
        RepeatsRegex |= token.Kind == CqlTokenKind.Regex
            && _tokens.Query.LastIndexOf('/', token.End - 1, token.End - token.Start) is var slash
            && _tokens.Query.IndexOf('g', slash, token.End - slash) >= 0;

        bool Holds(string group) =>
            _tokens.Query.IndexOf(group, token.Start, token.End - token.Start, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private void Assign(string field)
    {
        AssignsTimestamp |= _level.Scope != CqlScope.Independent && IsField(field, Timestamp);
        AssignsId |= _level.Scope != CqlScope.Independent && IsField(field, Id);
    }

    private static bool IsField(string? text, string field) => field.Equals(text, StringComparison.OrdinalIgnoreCase);

    private bool IsStep(int i) => _level.Owner is null && _level.Open == CqlTokenKind.OpenBrace
        && (i == 0 || _tokens.Items[i - 1].Kind is CqlTokenKind.Pipe or CqlTokenKind.Semicolon or CqlTokenKind.OpenBrace
            || _tokens.Is(i - 1, CqlTokenKind.Operator, "=>"));

    private CqlScope Scope() => _level.Owner is null || _level.Scope == CqlScope.Independent ? _level.Scope : CqlScope.Nested;

    private CqlScope ScopeOfBraces() =>
        _level.Owner?.Function?.Name is "join" or "defineTable" or "correlate" ? CqlScope.Independent : Scope();

    private void Enter(CqlTokenKind open, CqlCall? owner, CqlScope scope, CqlArgument? argument = null)
    {
        // An argument with a call or a query is more than one word.
        if (open is CqlTokenKind.OpenCall or CqlTokenKind.OpenBrace && _level.Argument is { } outer)
            outer.Tokens += 2;
        _outer.Push(_level);
        _level = new Level(open, owner, scope) { Argument = argument };
    }

    private sealed class Level(CqlTokenKind open, CqlCall? owner, CqlScope scope)
    {
        public CqlTokenKind Open { get; } = open;

        /// <summary>The call of this argument; null in a query.</summary>
        public CqlCall? Owner { get; } = owner;

        public CqlScope Scope { get; } = scope;

        public CqlArgument? Argument { get; set; }
    }
}
