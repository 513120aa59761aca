using LogScalePaging.Simulator.Query.Filters;
namespace LogScalePaging.Simulator.Query.Parsing;

/// <summary>A function call in a query.</summary>
internal sealed record FunctionCall(string Name, int Position, IReadOnlyList<Argument> Arguments);

/// <summary>An argument. Without a name, it is the function's main parameter.</summary>
internal sealed record Argument(string? Name, int Position, ArgumentValue Value);

/// <summary>One of: a text, a list, a call, or a query in braces with filters only.</summary>
internal sealed record ArgumentValue(string? Text, IReadOnlyList<ArgumentValue>? List, FunctionCall? Call, Filter? Subquery = null)
{
    /// <summary>The value, or the values of a list.</summary>
    public IEnumerable<ArgumentValue> Items => List ?? [this];
}
