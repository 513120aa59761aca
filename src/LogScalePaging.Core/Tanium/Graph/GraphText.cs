namespace LogScalePaging.Tanium.Graph;

/// <summary>What must be known of a query that a user wrote, to read its pages.</summary>
internal sealed class GraphText
{
    private static readonly string[] s_paging = ["first", "after", "last", "before", "refresh"];

    private readonly HashSet<string> _fields;
    private readonly HashSet<string> _arguments;
    private readonly Dictionary<string, string> _passed = [];

    private GraphText(string text, string field, IReadOnlyList<string> declared, IReadOnlyList<GraphToken> body)
    {
        (Text, Field, Declared) = (text, field, declared);
        _fields = Names(body, isArgument: false);
        _arguments = Names(body, isArgument: true);
    }

    /// <summary>The text as it was written.</summary>
    public string Text { get; }

    /// <summary>The first field of the query.</summary>
    public string Field { get; }

    /// <summary>The variables that it declares, without their dollar signs.</summary>
    public IReadOnlyList<string> Declared { get; }

    /// <summary>The variable that is passed to an argument of paging, such as <c>after</c>; null when there is none.</summary>
    public string? PassedTo(string argument) => _passed.TryGetValue(argument, out var variable) ? variable : null;

    /// <summary>Whether a name occurs among the fields.</summary>
    public bool Has(string name) => _fields.Contains(name);

    /// <summary>Whether a name occurs among the arguments.</summary>
    public bool HasArgument(string name) => _arguments.Contains(name);

    /// <summary>Reads a query.</summary>
    /// <exception cref="FormatException">It is not one query that can be read in pages.</exception>
    public static GraphText Parse(string text)
    {
        var tokens = GraphLexer.Read(text);
        var operations = Operations(tokens);
        if (operations.Any(o => tokens[o].IsName("mutation") || tokens[o].IsName("subscription")))
            throw new FormatException("The text has a mutation or a subscription. Only queries are read.");
        if (operations.Count != 1)
            throw new FormatException($"The text must have one query, not {operations.Count}.");
        // Any word begins an operation, so a text that is not GraphQL has one without braces.
        var body = Enumerable.Range(operations[0], tokens.Count - operations[0])
            .Where(i => tokens[i].IsSign('{') && tokens[i].Depth == 0).DefaultIfEmpty(-1).First();
        if (body < 0)
            throw new FormatException("The text is not a query in GraphQL: it has no fields in braces.");
        if (body + 1 >= tokens.Count || !tokens[body + 1].IsName())
            throw new FormatException("The query asks for no field.");
        var field = body + 3 < tokens.Count && tokens[body + 2].IsSign(':') ? tokens[body + 3].Text : tokens[body + 1].Text;
        var declared = Enumerable.Range(operations[0], body - operations[0])
            .Where(i => tokens[i].IsSign('$') && tokens[i].Depth == 1 && i + 1 < body)
            .Select(i => tokens[i + 1].Text).ToList();
        // Another field under the name of the id would make different records the same.
        bool IsRenamed(int i) => tokens[i].IsName(GraphSelection.Id) && !tokens[i].IsArgument && tokens[i + 1].IsSign(':');
        if (Enumerable.Range(0, tokens.Count - 1).Any(IsRenamed))
            throw new FormatException("The query gives the name id to another field. Records are told apart by their own id.");
        var read = new GraphText(text, field, declared, [.. tokens.Where((t, i) => i >= body || t.Depth > 0)]);
        read.FindPassed(tokens);
        return read;
    }

    private static HashSet<string> Names(IEnumerable<GraphToken> tokens, bool isArgument) =>
        new(tokens.Where(t => t.IsName() && t.IsArgument == isArgument).Select(t => t.Text), StringComparer.Ordinal);

    // Where each operation begins. Fragments are none.
    private static List<int> Operations(IReadOnlyList<GraphToken> tokens)
    {
        var (found, isInside) = (new List<int>(), false);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Depth > 0)
                continue;
            if (!isInside && (tokens[i].IsName() || tokens[i].IsSign('{')))
            {
                if (!tokens[i].IsName("fragment"))
                    found.Add(i);
                isInside = true;
            }
            // The brace that closes the selection ends the definition.
            if (tokens[i].IsSign('}'))
                isInside = false;
        }
        return found;
    }

    private void FindPassed(IReadOnlyList<GraphToken> tokens)
    {
        for (var i = 0; i + 3 < tokens.Count; i++)
        {
            if (tokens[i].Depth == 0 || !s_paging.Contains(tokens[i].Text) || !tokens[i + 1].IsSign(':') || !tokens[i + 2].IsSign('$'))
                continue;
            var (argument, variable) = (tokens[i].Text, tokens[i + 3].Text);
            if (!Declared.Contains(variable))
                throw new FormatException($"The query passes ${variable} to {argument}, but does not declare it.");
            if (_passed.TryGetValue(argument, out var other) && other != variable)
            {
                throw new FormatException($"The query passes two variables to {argument}: ${other} and ${variable}. Only one field can be "
                    + "paged.");
            }
            _passed[argument] = variable;
        }
    }
}
