namespace LogScalePaging.Simulator.Axiom;

/// <summary>A row of a result: an event, or the values that a stage made.</summary>
/// <param name="Event">The event; null for a row that a stage made.</param>
/// <param name="Values">The values of a made row, in the order of the columns, each as JSON.</param>
internal readonly record struct AxiomRow(AxiomEvent? Event, string[]? Values)
{
    /// <summary>The value of a column as JSON.</summary>
    public string Value(IReadOnlyList<string> columns, int column) => Values is { } values
        ? values[column]
        : columns[column] == "_rowId"
        ? $"\"{Event!.Value.Cursor}\""
        : AxiomEventFields.Value(Event!.Value, columns[column]) ?? "null";
}
