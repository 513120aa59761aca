using System.Text;

namespace LogScalePaging.Simulator.Tanium;

/// <summary>Reads one GraphQL query without fragments.</summary>
internal sealed class GraphParser
{
    private readonly string _text;
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private int _at;

    private GraphParser(string text) => _text = text;

    /// <exception cref="GraphException">It is not such a query.</exception>
    public static IReadOnlyList<GraphField> Parse(string text)
    {
        var parser = new GraphParser(text);
        if (parser.See() != '{')
        {
            var kind = parser.Name();
            if (kind != "query")
                throw new GraphException($"Unexpected Name \"{kind}\".");
            if (parser.See() != '{' && parser.See() != '(')
                parser.Name();
            if (parser.See() == '(')
                parser.Declarations();
        }
        var fields = parser.Fields();
        return parser.See() == '\0' ? fields : throw parser.Unexpected();
    }

    private void Declarations()
    {
        Take('(');
        while (See() != ')')
        {
            Take('$');
            _declared.Add(Name());
            Take(':');
            while (See() is '[' or ']' or '!' || char.IsLetter(See()))
            {
                if (char.IsLetter(See()))
                    Name();
                else
                    _at++;
            }
            if (See() == '=')
            {
                Take('=');
                Value();
            }
        }
        Take(')');
    }

    private List<GraphField> Fields()
    {
        var fields = new List<GraphField>();
        Take('{');
        while (See() != '}')
        {
            var alias = Name();
            var name = alias;
            if (See() == ':')
            {
                Take(':');
                name = Name();
            }
            var arguments = new Dictionary<string, GraphValue>(StringComparer.Ordinal);
            if (See() == '(')
            {
                Take('(');
                while (See() != ')')
                {
                    var argument = Name();
                    Take(':');
                    arguments[argument] = Value();
                }
                Take(')');
            }
            fields.Add(new GraphField(alias, name, arguments, See() == '{' ? Fields() : []));
        }
        Take('}');
        return fields;
    }

    private GraphValue Value()
    {
        switch (See())
        {
            case '$':
                Take('$');
                var variable = Name();
                return _declared.Contains(variable)
                    ? new GraphValue(variable, true)
                    : throw new GraphException($"Variable \"${variable}\" is not defined.");
            case '"':
                return new GraphValue(String(), false);
            case '[' or '{':
                var from = _at;
                Nested();
                return new GraphValue(_text.Substring(from, _at - from), false);
            default:
                var word = Word();
                return new GraphValue(word == "null" ? null : word, false);
        }
    }

    private void Nested()
    {
        var open = See();
        Take(open);
        while (See() is not (']' or '}'))
        {
            if (open == '{')
            {
                Name();
                Take(':');
            }
            Value();
        }
        Take(open == '{' ? '}' : ']');
    }

    private string String()
    {
        Take('"');
        var text = new StringBuilder();
        while (_at < _text.Length && _text[_at] != '"')
        {
            var c = _text[_at++];
            if (c != '\\')
            {
                text.Append(c);
                continue;
            }
            var escape = _text[_at++];
            if (escape == 'u')
            {
                text.Append((char)Convert.ToInt32(_text.Substring(_at, 4), 16));
                _at += 4;
                continue;
            }
            var known = "bfnrt".IndexOf(escape);
            text.Append(known < 0 ? escape : "\b\f\n\r\t"[known]);
        }
        Take('"');
        return text.ToString();
    }

    private string Name() => char.IsLetter(See()) || See() == '_' ? Word() : throw Unexpected();

    private string Word()
    {
        See();
        var from = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '.' or '+'))
            _at++;
        return _at > from ? _text.Substring(from, _at - from) : throw Unexpected();
    }

    private void Take(char expected)
    {
        if (See() != expected)
            throw Unexpected();
        _at++;
    }

    // The next character that means something; zero at the end.
    private char See()
    {
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] is ',' or '#'))
        {
            if (_text[_at] == '#')
                _at = _text.IndexOf('\n', _at) is int end and >= 0 ? end : _text.Length - 1;
            _at++;
        }
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private GraphException Unexpected() => new($"Syntax Error: Unexpected {(_at < _text.Length ? $"\"{_text[_at]}\"" : "<EOF>")}.");
}
