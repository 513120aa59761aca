namespace LogScalePaging.LogScale.Cql;

/// <summary>
/// Finds the end of a string, a regular expression, a parameter or the name of a saved query, or says why it is not clear.
/// </summary>
/// <param name="query">The query.</param>
internal sealed class CqlLiterals(string query)
{
    private const string RegexFlags = "dmigF";
    private const string AfterRegex = ")]},|;=";
    private const string NotPlain = "\"{}()[]|\r\n";

    /// <summary>The end of the quoted string at <paramref name="at"/>.</summary>
    public int Text(int at, out string? problem)
    {
        problem = null;
        for (var i = at + 1; i < query.Length && !CqlText.IsLineEnd(query[i]); i++)
        {
            if (query[i] == '"')
                return i + 1;
            if (query[i] == '\\' && i + 1 < query.Length && !CqlText.IsLineEnd(query[i + 1]))
                i++;
        }
        problem = "a quoted string is not closed on its line";
        return at;
    }

    /// <summary>The end of the regular expression at <paramref name="at"/>, including its flags.</summary>
    public int Regex(int at, out string? problem)
    {
        var body = BodyEnd(at, out problem);
        var end = body + 1;
        while (problem is null && end < query.Length && CqlText.IsWord(query[end]))
        {
            // If the text after the slash is not a flag, the slash may not be the closing one.
            if (!RegexFlags.Contains(query[end++]))
                problem = "what follows the closing '/' is not a flag of a regular expression";
        }
        if (problem is null && end < query.Length && !CqlText.IsSpace(query[end]) && !AfterRegex.Contains(query[end]))
            problem = "it is not clear where a regular expression ends";
        return end;
    }

    /// <summary>The end of the parameter at <paramref name="at"/>.</summary>
    public int Parameter(int at, out string? problem)
    {
        if (at + 1 < query.Length && query[at + 1] == '{')
            return Braced(at + 2, out problem);
        return Name(at + 1, "-", out problem);
    }

    /// <summary>
    /// The end of the saved query's name at <paramref name="at"/>. Names of packages contain <c>/</c>, <c>:</c> and <c>-</c>.
    /// </summary>
    public int SavedQuery(int at, out string? problem)
    {
        var end = Name(at + 1, "-/:.", out problem);
        if (problem is null && query[at + 1] != '"' && (Holds("//") || Holds("/*")))
            problem = "it is not clear where the name of a saved query ends";
        return end;

        bool Holds(string comment) => query.IndexOf(comment, at, end - at, StringComparison.Ordinal) >= 0;
    }

    // It is not documented whether a slash in a character class ends the literal, so this is a problem.
    private int BodyEnd(int at, out string? problem)
    {
        problem = null;
        var (inClass, odd, depth) = (false, false, 0);
        for (var i = at + 1; i < query.Length && !CqlText.IsLineEnd(query[i]); i++)
        {
            switch (query[i])
            {
                case '\\':
                    i += i + 1 < query.Length && !CqlText.IsLineEnd(query[i + 1]) ? 1 : 0;
                    break;
                case '[':
                    // Parsers disagree whether a bracket right after the opening one is a member of the class or closes it.
                    odd |= Closes(i + 1) || (i + 1 < query.Length && query[i + 1] == '^' && Closes(i + 2));
                    inClass = true;
                    depth++;
                    break;
                case ']':
                    inClass = false;
                    depth = Math.Max(0, depth - 1);
                    break;
                case '/' when inClass || odd || depth > 0:
                    problem = "a '/' in the brackets of a regular expression has no '\\' before it";
                    return i;
                case '/':
                    return i;
            }
        }
        problem = "a regular expression is not closed on its line";
        return at;
    }

    private bool Closes(int at) => at < query.Length && query[at] == ']';

    private int Name(int at, string marks, out string? problem)
    {
        if (at < query.Length && query[at] == '"')
            return Text(at, out problem);
        var end = at;
        while (end < query.Length && (CqlText.IsName(query[end]) || marks.Contains(query[end])))
            end++;
        problem = end == at ? "a name is missing after '?' or '$'" : null;
        return end;
    }

    // name, name=default or name="default", up to the brace.
    private int Braced(int at, out string? problem)
    {
        var end = Space(Name(Space(at), "-", out problem));
        if (problem is null && end < query.Length && query[end] == '=')
        {
            end = Space(end + 1);
            if (end < query.Length && query[end] == '"')
                end = Space(Text(end, out problem));
            else
                end = Plain(end);
        }
        if (problem is null && (end >= query.Length || query[end] != '}'))
            problem = "a parameter in braces is not understood";
        return end + 1;
    }

    private int Plain(int at)
    {
        while (at < query.Length && !NotPlain.Contains(query[at]))
            at++;
        return at;
    }

    private int Space(int at)
    {
        while (at < query.Length && CqlText.IsSpace(query[at]))
            at++;
        return at;
    }
}
