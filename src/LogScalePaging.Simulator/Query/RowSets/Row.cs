namespace LogScalePaging.Simulator.Query.RowSets;

/// <summary>An event or a computed row, for a filter.</summary>
/// <param name="json">The JSON object.</param>
/// <param name="tag">Code of <c>#event_simpleName</c>; -1 if it must be read from the JSON.</param>
internal readonly ref struct Row(ReadOnlySpan<byte> json, int tag = -1)
{
    public ReadOnlySpan<byte> Json { get; } = json;

    public int Tag { get; } = tag;
}
