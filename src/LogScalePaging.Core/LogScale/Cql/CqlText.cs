namespace LogScalePaging.LogScale.Cql;

/// <summary>The character classes of the query language.</summary>
internal static class CqlText
{
    // The characters of field names and unquoted patterns. Outside quotes, all others have a special meaning, or the server refuses them.
    private const string WordMarks = "#%&.@\\^_*+-:~/";
    private const string NeutralMarks = "#%&.@\\^_*+-:~ \t";
    private const string Arithmetic = "+-*/%~";

    /// <summary>The language's white space. Other Unicode spaces do not end a word.</summary>
    public static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';

    public static bool IsLineEnd(char c) => c is '\n' or '\r';

    public static bool IsWord(char c) => char.IsLetterOrDigit(c) || WordMarks.Contains(c);

    /// <summary>A letter, a digit or an underscore.</summary>
    public static bool IsName(char c) => char.IsLetterOrDigit(c) || c == '_';

    /// <summary>
    /// True if the text means the same to the rest of the query, whether it is code, a comment or a regular expression.
    /// </summary>
    public static bool IsNeutral(string query, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (!char.IsLetterOrDigit(query[i]) && !NeutralMarks.Contains(query[i]))
                return false;
        }
        return true;
    }

    /// <summary>The end of the line of <paramref name="at"/>.</summary>
    public static int LineEnd(string query, int at)
    {
        while (at < query.Length && !IsLineEnd(query[at]))
            at++;
        return at;
    }

    /// <summary>The name of the function in a word before a parenthesis. Arithmetic can be before it without a space.</summary>
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
        word.Equals("and", StringComparison.OrdinalIgnoreCase) || word.Equals("or", StringComparison.OrdinalIgnoreCase)
            || word.Equals("not", StringComparison.OrdinalIgnoreCase);

    /// <summary>A field name as a query needs it: in quotes, unless it has only characters that need none.</summary>
    public static string Field(string name)
    {
        foreach (var c in name)
        {
            // Without '-': unquoted, it is refused or is a minus.
            if (!(c is >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9' or '_' or '@' or '#' or '.'))
                return $"\"{name}\"";
        }
        return name.Length == 0 ? "\"\"" : name;
    }

    /// <summary>A character for a message: as it is if it is visible, else its number.</summary>
    public static string Shown(char c) => c is > ' ' and < '\u007f' ? $"'{c}'" : FormattableString.Invariant($"U+{(int)c:X4}");
}
