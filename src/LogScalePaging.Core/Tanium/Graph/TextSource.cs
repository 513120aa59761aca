namespace LogScalePaging.Tanium.Graph;

/// <summary>Sends a query that a user wrote. Page size and cursor go into the variables that it passes to its arguments.</summary>
/// <param name="query">The query.</param>
/// <param name="variables">Values of its other variables, each as JSON.</param>
internal sealed class TextSource(GraphText query, IReadOnlyDictionary<string, string> variables) : IGraphSource
{
    private const string Example = "query($first: Int, $after: Cursor) { endpoints(first: $first, after: $after) "
        + "{ edges { node { id name } } pageInfo { hasNextPage endCursor } totalRecords } }";

    private const string BackwardExample = "query($last: Int, $before: Cursor) { endpoints(last: $last, before: $before) "
        + "{ edges { node { id name } } pageInfo { hasPreviousPage startCursor } totalRecords } }";

    /// <inheritdoc/>
    public string Name => query.Field;

    /// <summary>True if the query asks for the total.</summary>
    public bool HasTotal => query.Has(FieldSource.Total) || query.Has(FieldSource.Count);

    /// <summary>Refuses a query whose pages cannot be read.</summary>
    /// <exception cref="ArgumentException">Something is missing. The message names it and shows a query that has it.</exception>
    public static void EnsurePaged(GraphText query, bool backward, bool refresh, IReadOnlyDictionary<string, string> variables)
    {
        var (cursor, size) = Arguments(backward);
        string[] ends = backward ? ["hasPreviousPage", "startCursor"] : ["hasNextPage", "endCursor"];
        string[] fields = ["edges", "node", GraphSelection.Id, "pageInfo", .. ends];
        var missing = fields.Where(name => !query.Has(name)).ToList();
        if (query.PassedTo(cursor) is null)
            missing.Add($"a variable that it passes to {cursor}");
        if (backward && !query.HasArgument(size))
            missing.Add($"the argument {size}");
        if (refresh && query.PassedTo("refresh") is null)
            missing.Add("a variable that it passes to refresh");
        if (refresh && !query.Has(FieldSource.Collection))
            missing.Add("collectionInfo { startCursor }");
        if (missing.Count > 0)
        {
            throw new ArgumentException($"The query cannot be read in pages. It lacks {string.Join(", ", missing)}. For example: "
                + (backward ? BackwardExample : Example));
        }
        foreach (var argument in new[] { "first", "after", "last", "before", "refresh" })
        {
            if (query.PassedTo(argument) is { } ours && variables.ContainsKey(ours))
                throw new ArgumentException($"The variable ${ours} is passed to {argument}, so the paging sets it. Remove its value.");
        }
        if (variables.Keys.FirstOrDefault(name => !query.Declared.Contains(name)) is { } unknown)
            throw new ArgumentException($"The query declares no variable ${Common.Printable.Line(unknown)}.");
    }

    /// <inheritdoc/>
    public byte[] Body(GraphPage page, IReadOnlyCollection<string> withheld) => GraphBody.Of(query.Text, writer =>
    {
        foreach (var variable in variables.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(variable.Key);
            writer.WriteRawValue(variable.Value);
        }
        var (cursor, size) = Arguments(page.Backward);
        if (query.PassedTo(size) is { } sized)
            writer.WriteNumber(sized, page.Size);
        if (query.PassedTo(cursor) is { } at)
            writer.WriteString(at, page.Cursor);
        if (page.Refresh is not null && query.PassedTo("refresh") is { } refresh)
            writer.WriteString(refresh, page.Refresh);
    });

    private static (string Cursor, string Size) Arguments(bool backward) => backward ? ("before", "last") : ("after", "first");
}
