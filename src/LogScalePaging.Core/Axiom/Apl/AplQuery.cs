namespace LogScalePaging.Axiom.Apl;

/// <summary>An APL query, split into its stages, with their effect on reading the result in pages.</summary>
internal sealed class AplQuery
{
    private readonly string _text;
    private readonly IReadOnlyList<IReadOnlyList<AplToken>> _stages;

    private AplQuery(string text, IReadOnlyList<IReadOnlyList<AplToken>> stages, string? whyWhole)
    {
        (_text, _stages) = (text, stages);
        WhyWhole = whyWhole ?? AplStages.WhyWhole(stages);
        Dataset = DatasetOf(stages[0]);
        MultipliesRows = stages.Skip(1).Any(s => s[0].IsWord("mv-expand"));
    }

    /// <summary>
    /// Why the result can only be read in one answer, as a part of a sentence. Null if each row depends on one event and has the
    /// <c>_time</c> of this event, so that the result can be cut by time.
    /// </summary>
    public string? WhyWhole { get; }

    /// <summary>The dataset; null when the query reads several, or none.</summary>
    public string? Dataset { get; }

    /// <summary>True when one event can make several rows.</summary>
    public bool MultipliesRows { get; }

    /// <summary>True if the query ends with a stage that is allowed only at the end.</summary>
    public bool EndsWithRender => _stages[_stages.Count - 1][0].IsWord("render");

    /// <summary>Reads a query.</summary>
    /// <exception cref="FormatException">It is empty, or a string or bracket is not closed.</exception>
    public static AplQuery Parse(string query)
    {
        var tokens = AplLexer.Read(query);
        var statements = Split(tokens, ';').Where(s => s.Count > 0).ToList();
        if (statements.Count == 0)
            throw new FormatException("The query is empty. Use the name of a dataset to read all of its events: ['my-dataset'].");
        var last = statements[statements.Count - 1];
        var stages = Split(last, '|');
        if (stages.Any(s => s.Count == 0))
            throw new FormatException("The query has a '|' with nothing before or after it.");
        // A statement before the query may contain another query, whose result changes with the range of a page.
        var whyWhole = statements.Take(statements.Count - 1).Any(s => s.Any(t => t.Is('|')))
            ? "the query names another query by let"
            : null;
        return new AplQuery(query.Substring(0, last[last.Count - 1].End), stages, whyWhole);
    }

    /// <summary>The query of all events of a dataset, followed by stages.</summary>
    /// <param name="dataset">Its name.</param>
    /// <param name="stages">More APL, which may begin with a pipe; null or empty for none.</param>
    public static string Of(string dataset, string? stages)
    {
        var name = $"['{dataset.Replace("\\", "\\\\").Replace("'", "\\'")}']";
        var rest = stages?.Trim() ?? "";
        return rest.Length == 0 ? name : rest[0] == '|' ? $"{name} {rest}" : $"{name} | {rest}";
    }

    /// <summary>The query with more stages after it. They begin on a new line, because the query may end with a comment.</summary>
    public string With(params string[] stages) => _text + string.Concat(stages.Select(s => "\n| " + s));

    private static string? DatasetOf(IReadOnlyList<AplToken> stage)
    {
        if (stage.Count == 3 && stage[0].Is('[') && stage[1].Kind == AplTokenKind.Text && stage[2].Is(']'))
            return Unquoted(stage[1].Value);
        return stage.Count == 1 && stage[0].Kind == AplTokenKind.Word ? stage[0].Value : null;
    }

    private static string Unquoted(string text)
    {
        if (text[0] == '@')
            return text.Substring(2, text.Length - 3).Replace(new string(text[1], 2), text.Substring(1, 1));
        if (text[0] == '`')
            return text.Substring(3, text.Length - 6);
        var name = new System.Text.StringBuilder();
        for (var i = 1; i < text.Length - 1; i++)
            name.Append(text[i] == '\\' ? text[++i] : text[i]);
        return name.ToString();
    }

    private static List<List<AplToken>> Split(IReadOnlyList<AplToken> tokens, char by)
    {
        var pieces = new List<List<AplToken>> { new() };
        foreach (var token in tokens)
        {
            if (token.Depth == 0 && token.Is(by))
                pieces.Add([]);
            else
                pieces[pieces.Count - 1].Add(token);
        }
        return pieces;
    }
}
