using LogScalePaging.LogScale.Cql;

namespace LogScalePaging.LogScale.Windows;

/// <summary>Asks the server for only the requested fields, and those that a walk needs.</summary>
internal static class FieldSelection
{
    private static readonly string[] s_needed = ["@timestamp", "@id", "@ingesttimestamp"];

    /// <summary>The fields to request; null if all are requested, or if a name cannot be written in a query.</summary>
    public static IReadOnlyList<string>? Of(IReadOnlyList<string>? wanted) =>
        wanted is null || wanted.Any(name => name.IndexOfAny(['"', '\\', '\n', '\r']) >= 0) ? null : [.. wanted.Union(s_needed)];

    /// <summary>The stage of a query that keeps the fields.</summary>
    public static string Stage(IReadOnlyList<string> fields) =>
        $"select([{string.Join(", ", fields.Select(CqlText.Field))}])";
}
