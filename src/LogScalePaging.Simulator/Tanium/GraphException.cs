namespace LogScalePaging.Simulator.Tanium;

/// <summary>An error that stands in an answer with status 200.</summary>
/// <param name="message">The message.</param>
/// <param name="field">The field that failed while the query ran; null for a query that is refused.</param>
internal sealed class GraphException(string message, string? field = null) : Exception(message)
{
    public string? Field { get; } = field;

    public static GraphException Unknown(string field, string type) => new($"Cannot query field \"{field}\" on type \"{type}\".");
}
