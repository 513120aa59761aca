namespace LogScalePaging.Tanium.Graph;

/// <summary>
/// Cuts GraphQL text into names, values and signs, so that a word in a string or a comment is not taken for a field of the query.
/// </summary>
internal static class GraphLexer
{
    private const string Open = "{([";
    private const string Close = "})]";

    /// <summary>The pieces of a text. Commas, white space and comments mean nothing in GraphQL and are left out.</summary>
    /// <exception cref="FormatException">A string or a bracket is not closed.</exception>
    public static IReadOnlyList<GraphToken> Read(string text)
    {
        var tokens = new List<GraphToken>();
        var open = new Stack<char>();
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c) || c is ',' or '\uFEFF')
            {
                at++;
                continue;
            }
            if (c == '#')
            {
                at = text.IndexOfAny(['\n', '\r'], at) is var end and >= 0 ? end : text.Length;
                continue;
            }
            var (kind, after) = Next(text, at);
            if (kind == GraphTokenKind.Sign && Close.IndexOf(c) is var pair and >= 0 && (open.Count == 0 || open.Pop() != Open[pair]))
                throw new FormatException($"The text closes a bracket that is not open: '{c}' at character {at + 1}.");
            tokens.Add(new GraphToken(kind, text.Substring(at, after - at), open.Count, open.Contains('(')));
            if (kind == GraphTokenKind.Sign && c is '{' or '(' or '[')
                open.Push(c);
            at = after;
        }
        return open.Count == 0 ? tokens : throw new FormatException($"The text has a bracket that is not closed: '{open.Peek()}'.");
    }

    private static (GraphTokenKind Kind, int After) Next(string text, int at)
    {
        if (string.CompareOrdinal(text, at, "\"\"\"", 0, 3) == 0)
            return (GraphTokenKind.Value, AfterBlock(text, at));
        if (text[at] == '"')
            return (GraphTokenKind.Value, AfterString(text, at));
        if (!IsNamePart(text[at]) && text[at] != '-')
            return (GraphTokenKind.Sign, at + 1);
        var end = at + 1;
        while (end < text.Length && (IsNamePart(text[end]) || (text[end] is '.' or '+' or '-' && !IsNameStart(text[at]))))
            end++;
        return (IsNameStart(text[at]) ? GraphTokenKind.Name : GraphTokenKind.Value, end);
    }

    private static int AfterString(string text, int at)
    {
        for (var i = at + 1; i < text.Length && text[i] is not ('\n' or '\r'); i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return i + 1;
        }
        throw new FormatException($"The text has a string that is not closed: it begins at character {at + 1}.");
    }

    private static int AfterBlock(string text, int at)
    {
        for (var i = at + 3; i + 3 <= text.Length; i++)
        {
            if (text[i] == '\\' && string.CompareOrdinal(text, i + 1, "\"\"\"", 0, 3) == 0)
                i += 3;
            else if (string.CompareOrdinal(text, i, "\"\"\"", 0, 3) == 0)
                return i + 3;
        }
        throw new FormatException($"The text has a string that is not closed: it begins at character {at + 1}.");
    }

    private static bool IsNameStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';

    private static bool IsNamePart(char c) => IsNameStart(c) || c is >= '0' and <= '9';
}
