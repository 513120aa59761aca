namespace LogScalePaging.LogScale.Cql;

/// <summary>The characters of the query language, and where runs of them end.</summary>
internal static class CqlText
{
    // Those of field names and of unquoted patterns. Everything else outside quotes has a meaning of its own, or is refused by the server.
    private const string WordMarks = "#%&.@\\^_*+-:~/";
    private const string NeutralMarks = "#%&.@\\^_*+-:~ \t";
    private const string Arithmetic = "+-*/%~";

    /// <summary>The language's own white space: no other space ends a word there.</summary>
    public static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';

    public static bool IsLineEnd(char c) => c is '\n' or '\r';

    public static bool IsWord(char c) => char.IsLetterOrDigit(c) || WordMarks.Contains(c);

    /// <summary>A letter, a digit or an underscore.</summary>
    public static bool IsName(char c) => char.IsLetterOrDigit(c) || c == '_';

    /// <summary>True when the stretch means the same to the rest of the query whether it is code, a comment or a regular expression.</summary>
    public static bool IsNeutral(string query, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (!char.IsLetterOrDigit(query[i]) && !NeutralMarks.Contains(query[i]))
                return false;
        }
        return true;
    }

    /// <summary>Where the line ends that holds <paramref name="at"/>.</summary>
    public static int LineEnd(string query, int at)
    {
        while (at < query.Length && !IsLineEnd(query[at]))
            at++;
        return at;
    }

    /// <summary>The name of the function that a word before a parenthesis calls: arithmetic may stand before it without a space.</summary>
    public static string CallName(string word)
    {
        var start = word.Length;
        while (start > 0 && !Arithmetic.Contains(word[start - 1]))
            start--;
        return word.Substring(start);
    }

    /// <summary>True for a word that can be the name of a function.</summary>
    public static bool IsFunctionName(string word)
    {
        foreach (var c in word)
        {
            if (!IsName(c) && c != ':')
                return false;
        }
        return word.Length > 0;
    }

    /// <summary>True for <c>and</c>, <c>or</c> and <c>not</c>, in any letter case.</summary>
    public static bool IsLogic(string word) =>
        word.Equals("and", StringComparison.OrdinalIgnoreCase) || word.Equals("or", StringComparison.OrdinalIgnoreCase) || word.Equals("not", StringComparison.OrdinalIgnoreCase);

    /// <summary>A name of a field as a query takes it: in quotes unless it has only characters that need none.</summary>
    public static string Field(string name)
    {
        foreach (var c in name)
        {
            // Not '-': unquoted it is refused, or is a minus.
            if (!(c is >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9' or '_' or '@' or '#' or '.'))
                return $"\"{name}\"";
        }
        return name.Length == 0 ? "\"\"" : name;
    }

    /// <summary>A character for a message: as it is when it can be seen, else by number.</summary>
    public static string Shown(char c) => c is > ' ' and < '\u007f' ? $"'{c}'" : FormattableString.Invariant($"U+{(int)c:X4}");
}
