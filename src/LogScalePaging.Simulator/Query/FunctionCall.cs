namespace LogScalePaging.Simulator.Query;

/// <summary>A function as it is called in a query.</summary>
internal sealed record FunctionCall(string Name, int Position, IReadOnlyList<Argument> Arguments);

/// <summary>An argument; without a name it stands for the function's main parameter.</summary>
internal sealed record Argument(string? Name, int Position, ArgumentValue Value);

/// <summary>One of: a text, a list, a call, a query in braces that only filters.</summary>
internal sealed record ArgumentValue(string? Text, IReadOnlyList<ArgumentValue>? List, FunctionCall? Call, Filter? Subquery = null)
{
    /// <summary>The value, or the values of a list.</summary>
    public IEnumerable<ArgumentValue> Items => List ?? [this];
}
