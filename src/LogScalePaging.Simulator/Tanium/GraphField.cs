namespace LogScalePaging.Simulator.Tanium;

/// <summary>A field that a query asks for.</summary>
/// <param name="Alias">Its name in the answer.</param>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Fields">Its own fields; empty for a value.</param>
internal sealed record GraphField(string Alias, string Name, IReadOnlyDictionary<string, GraphValue> Arguments,
    IReadOnlyList<GraphField> Fields);
