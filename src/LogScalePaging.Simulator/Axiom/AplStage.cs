namespace LogScalePaging.Simulator.Axiom;

/// <summary>A stage of a query: its name, and its words and signs.</summary>
internal sealed record AplStage(string Name, IReadOnlyList<string> Words)
{
    /// <summary>Splits a query into its stages. The first one names the dataset. A string is one word with its quotes.</summary>
    /// <exception cref="FormatException">A string is not closed, or a stage is empty.</exception>
    public static List<AplStage> Parse(string apl)
    {
        var stages = new List<List<string>> { new() };
        for (var i = 0; i < apl.Length;)
        {
            var c = apl[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c == '/' && i + 1 < apl.Length && apl[i + 1] == '/')
            {
                var end = apl.IndexOf('\n', i);
                i = end < 0 ? apl.Length : end;
            }
            else if (c is '"' or '\'')
            {
                var end = i + 1;
                for (; end < apl.Length && apl[end] != c; end++)
                    end += apl[end] == '\\' ? 1 : 0;
                if (end >= apl.Length)
                    throw new FormatException("unterminated string literal");
                stages[stages.Count - 1].Add(apl.Substring(i, end + 1 - i));
                i = end + 1;
            }
            else if (c == '|')
            {
                stages.Add([]);
                i++;
            }
            else
            {
                var end = i + 1;
                if (IsWord(c))
                {
                    while (end < apl.Length && (IsWord(apl[end]) || (apl[end] == '-' && apl.Substring(i, end - i) == "project")))
                        end++;
                }
                else if (c is '=' or '<' or '>' or '!' && end < apl.Length && apl[end] == '=')
                {
                    end++;
                }
                stages[stages.Count - 1].Add(apl.Substring(i, end - i));
                i = end;
            }
        }
        return [.. stages.Select((words, i) => words.Count == 0
            ? throw new FormatException("expected an operator")
            : new AplStage(i == 0 ? "" : words[0], i == 0 ? words : words.GetRange(1, words.Count - 1)))];
    }

    /// <summary>The text of a string.</summary>
    public static string Unquoted(string word) => word.Length > 1 && word[0] is '"' or '\''
        ? word.Substring(1, word.Length - 2).Replace("\\'", "'").Replace("\\\"", "\"").Replace("\\\\", "\\")
        : word;

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or '$';
}
