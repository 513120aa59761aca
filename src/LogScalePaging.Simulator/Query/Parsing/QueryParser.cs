using System.Globalization;
using System.Text.RegularExpressions;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.Filters;

namespace LogScalePaging.Simulator.Query.Parsing;

/// <summary>Parses the part of the query language that the simulator supports, by recursive descent.</summary>
internal sealed partial class QueryParser
{
    private readonly string _query;
    private readonly IReadOnlyDictionary<string, string> _arguments;
    private readonly TagCodes _tags;
    private readonly List<Token> _tokens;
    private int _at;

    public QueryParser(string query, IReadOnlyDictionary<string, string>? arguments, TagCodes tags)
    {
        _query = query;
        _arguments = arguments ?? new Dictionary<string, string>();
        _tags = tags;
        _tokens = new Lexer(query).Tokens();
    }

    public bool UsesParameters { get; private set; }

    private Token Current => _tokens[_at];

    /// <summary>
    /// The segments between pipes: each a <see cref="Filter"/>, a <see cref="FunctionCall"/> or an <see cref="Assignment"/>, and the index
    /// where it ends.
    /// </summary>
    public List<(object Segment, int End)> Segments()
    {
        var segments = new List<(object, int)>();
        while (true)
        {
            if (Current.Kind is TokenKind.Pipe or TokenKind.End)
            {
                if (segments.Count > 0)
                    throw Error("Expected a filter or a function");
                segments.Add((Filter.All, Current.Position));
            }
            else
            {
                object segment = IsCall() ? Call() : IsAssignment() ? Assignment() : Or();
                segments.Add((segment, _tokens[_at - 1].End));
            }
            if (Current.Kind == TokenKind.End)
                return segments;
            Expect(TokenKind.Pipe);
        }
    }

    public QueryException Error(string problem) => Error(problem, Current);

    private QueryException Error(string problem, Token token) =>
        QueryException.At(problem, _query, token.Position, token.End - token.Position);

    private bool IsCall()
        => Current.Kind == TokenKind.Word && _tokens[_at + 1].Kind == TokenKind.OpenParen && _tokens[_at + 1].Position == Current.End
            && !Current.IsKeyword("in") && !Current.IsKeyword("not") && !Current.IsKeyword("and") && !Current.IsKeyword("or");

    private Token Expect(TokenKind kind)
    {
        if (Current.Kind != kind)
            throw Error($"Unexpected {(Current.Kind == TokenKind.End ? "end of query" : $"'{Current.Text}'")}");
        return _tokens[_at++];
    }

    private bool Accept(TokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        _at++;
        return true;
    }

    private Filter Or()
    {
        var left = And();
        while (Current.IsKeyword("or"))
        {
            _at++;
            left = Filter.Or(left, And());
        }
        return left;
    }

    private Filter And()
    {
        var left = Unary();
        while (Current.Kind is not (TokenKind.End or TokenKind.Pipe or TokenKind.CloseParen or TokenKind.CloseBrace)
            && !Current.IsKeyword("or"))
        {
            if (Current.IsKeyword("and"))
                _at++;
            left = Filter.And(left, Unary());
        }
        return left;
    }

    private Filter Unary()
    {
        if (Current.IsKeyword("not") || Current.Kind == TokenKind.Not)
        {
            _at++;
            return Filter.Not(Unary());
        }
        if (Accept(TokenKind.OpenParen))
        {
            var inner = Or();
            Expect(TokenKind.CloseParen);
            return inner;
        }
        if (Current.Kind == TokenKind.Regex)
            return new FreeTextFilter(ToRegex(_tokens[_at++]));
        if (Current.IsKeyword("in") && _tokens[_at + 1].Kind == TokenKind.OpenParen)
            return In(Call());
        if (IsCall())
            throw Error($"The function {Current.Text} cannot be used inside a filter");
        return Comparison();
    }

    private Filter Comparison()
    {
        var left = Current;
        var text = Value();
        if (Current.Kind != TokenKind.Operator)
            return new FreeTextFilter(text);
        var op = _tokens[_at++];
        if (op.Text is "=" or "!=" or "=~")
        {
            var filter = Equals(text, left);
            return op.Text == "!=" ? Filter.Not(filter) : filter;
        }
        if (op.Text == ":=")
            throw Error("Assignments are not supported by this server", op);
        var right = Current;
        if (!double.TryParse(Value(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw Error("Expected a number", right);
        return new FieldValueFilter(text, ValueTest.Compared(op.Text, number));
    }

    private Filter Equals(string field, Token left)
    {
        if (left.Kind == TokenKind.Parameter)
            throw Error("A parameter cannot stand for a field", left);
        if (Current.Kind == TokenKind.Regex)
            return new FieldValueFilter(field, ValueTest.Matching(ToRegex(_tokens[_at++])));
        var value = Value();
        var isPlain = value.IndexOfAny(['*', '\\']) < 0;
        return field == TagCodes.FieldName && isPlain
            ? new TagFilter(value, _tags)
            : new FieldValueFilter(field, ValueTest.Matching(value));
    }

    /// <summary>A word, a quoted text or a parameter's value.</summary>
    private string Value()
    {
        var token = Current;
        if (token.Kind is not (TokenKind.Word or TokenKind.Quoted or TokenKind.Parameter))
            Expect(TokenKind.Word);
        _at++;
        if (token.Kind != TokenKind.Parameter)
            return token.Text;
        UsesParameters = true;
        if (_arguments.TryGetValue(token.Text, out var value))
            return value;
        return token.Flags ?? throw Error($"The parameter ?{token.Text} has no value", token);
    }

    private Regex ToRegex(Token token)
    {
        var options = RegexOptions.CultureInvariant;
        var flags = token.Flags ?? "";
        if (flags.Contains('i'))
            options |= RegexOptions.IgnoreCase;
        if (flags.Contains('m'))
            options |= RegexOptions.Multiline;
        if (flags.Contains('d'))
            options |= RegexOptions.Singleline;
        try
        {
            return new Regex(token.Text, options, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException e)
        {
            throw Error("Invalid regular expression: " + e.Message, token);
        }
    }

    private FieldValueFilter In(FunctionCall call)
    {
        var arguments = new ArgumentReader(call, _query, "field", "values");
        var field = arguments.Text("field") ?? throw arguments.Missing("field");
        var values = arguments.Texts("values") ?? throw arguments.Missing("values");
        return new FieldValueFilter(field, ValueTest.AnyOf(values.Select(ValueTest.Matching)));
    }

    private FunctionCall Call()
    {
        var name = Expect(TokenKind.Word);
        Expect(TokenKind.OpenParen);
        var arguments = new List<Argument>();
        while (Current.Kind != TokenKind.CloseParen)
        {
            var first = Current;
            var named = first.Kind == TokenKind.Word && _tokens[_at + 1] is { Kind: TokenKind.Operator, Text: "=" };
            if (named)
                _at += 2;
            arguments.Add(new Argument(named ? first.Text : null, first.Position, ArgumentValue()));
            if (!Accept(TokenKind.Comma))
                break;
        }
        Expect(TokenKind.CloseParen);
        return new FunctionCall(name.Text, name.Position, arguments);
    }

    private ArgumentValue ArgumentValue()
    {
        if (IsCall())
            return new ArgumentValue(null, null, Call());
        if (Accept(TokenKind.OpenBrace))
        {
            var filter = Or();
            while (Accept(TokenKind.Pipe))
                filter = Filter.And(filter, Or());
            Expect(TokenKind.CloseBrace);
            return new ArgumentValue(null, null, null, filter);
        }
        if (!Accept(TokenKind.OpenBracket))
            return new ArgumentValue(Value(), null, null);
        var items = new List<ArgumentValue>();
        while (Current.Kind != TokenKind.CloseBracket)
        {
            items.Add(ArgumentValue());
            if (!Accept(TokenKind.Comma))
                break;
        }
        Expect(TokenKind.CloseBracket);
        return new ArgumentValue(null, items, null);
    }
}
