namespace LogScalePaging.Axiom.Apl;

/// <summary>
/// Splits APL into words, strings and signs, so that pipes and words inside strings and comments are not read as parts of the query.
/// </summary>
internal static class AplLexer
{
    /// <summary>The pieces of a query.</summary>
    /// <exception cref="FormatException">A string or a bracket is not closed.</exception>
    public static IReadOnlyList<AplToken> Read(string query)
    {
        var tokens = new List<AplToken>();
        var depth = 0;
        for (var at = 0; at < query.Length;)
        {
            if (char.IsWhiteSpace(query[at]))
            {
                at++;
                continue;
            }
            if (Starts(query, at, "//"))
            {
                at = query.IndexOf('\n', at) is var end and >= 0 ? end : query.Length;
                continue;
            }
            var (kind, after) = Next(query, at);
            if (kind == AplTokenKind.Sign && query[at] is ')' or ']' or '}' && --depth < 0)
                throw new FormatException($"The query closes a bracket that is not open: '{query[at]}' at character {at + 1}.");
            tokens.Add(new AplToken(kind, at, query.Substring(at, after - at), depth));
            if (kind == AplTokenKind.Sign && query[at] is '(' or '[' or '{')
                depth++;
            at = after;
        }
        return depth == 0 ? tokens : throw new FormatException("The query has a bracket that is not closed.");
    }

    private static (AplTokenKind Kind, int After) Next(string query, int at)
    {
        if (Starts(query, at, "```"))
            return (AplTokenKind.Text, Closed(query, at, query.IndexOf("```", at + 3, StringComparison.Ordinal), 3));
        if (query[at] is '"' or '\'')
            return (AplTokenKind.Text, AfterText(query, at, escapes: true));
        // In a verbatim string, a backslash is a plain character, and a doubled quote means one quote.
        if (query[at] == '@' && at + 1 < query.Length && query[at + 1] is '"' or '\'')
            return (AplTokenKind.Text, AfterText(query, at + 1, escapes: false));
        if (!IsWord(query[at]))
            return (AplTokenKind.Sign, at + 1);
        var end = at + 1;
        // Names such as project-away are one word. Between other names a hyphen means minus.
        while (end < query.Length && (IsWord(query[end]) || (query[end] == '-' && HasHyphen(query, at, end))))
            end++;
        return (AplTokenKind.Word, end);
    }

    private static bool HasHyphen(string query, int at, int end) =>
        query.Substring(at, end - at) is "project" or "parse" or "extend" or "mv" or "sample"
        or "make" or "inner" && end + 1 < query.Length && char.IsLetter(query[end + 1]);

    private static int AfterText(string query, int at, bool escapes)
    {
        var quote = query[at];
        for (var i = at + 1; i < query.Length; i++)
        {
            if (escapes && query[i] == '\\')
                i++;
            else if (query[i] == quote && !escapes && i + 1 < query.Length && query[i + 1] == quote)
                i++;
            else if (query[i] == quote)
                return i + 1;
        }
        return Closed(query, at, -1, 1);
    }

    private static int Closed(string query, int at, int end, int length) => end >= 0
        ? end + length
        : throw new FormatException($"The query has a string that is not closed: it begins at character {at + 1} with {query[at]}.");

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    private static bool Starts(string query, int at, string what) => string.CompareOrdinal(query, at, what, 0, what.Length) == 0;
}
