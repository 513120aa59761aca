using System.Globalization;
using System.Text.Json;

namespace LogScalePaging.Simulator.Axiom;

/// <summary>
/// The older path <c>/v1/datasets/{id}/query</c>: the events of a dataset without a query in APL. Its answers are always a list of events.
/// </summary>
internal static class AxiomDatasetQuery
{
    private const string Prefix = "/v1/datasets/";
    private const string Suffix = "/query";
    private const int MostRows = 50_000;
    private const int UsualRows = 1_000;

    /// <summary>The dataset in a path; null for another path.</summary>
    public static string? DatasetOf(string path) =>
        path.StartsWith(Prefix, StringComparison.Ordinal) && path.EndsWith(Suffix, StringComparison.Ordinal)
            && path.Length > Prefix.Length + Suffix.Length
            && path.IndexOf('/', Prefix.Length) == path.Length - Suffix.Length
        ? Uri.UnescapeDataString(path.Substring(Prefix.Length, path.Length - Prefix.Length - Suffix.Length))
        : null;

    /// <summary>The same query in APL.</summary>
    /// <exception cref="FormatException">The body is not valid.</exception>
    public static IReadOnlyList<AplStage> Stages(string dataset, JsonElement body)
    {
        if (!body.TryGetProperty("resolution", out var resolution) || resolution.ValueKind != JsonValueKind.String)
            throw new FormatException("resolution is required");
        if (body.TryGetProperty("apl", out _))
            throw new FormatException("apl is not known here");
        var limit = body.TryGetProperty("limit", out var given) ? given.GetInt32() : UsualRows;
        if (limit is < 1 or > MostRows)
            throw new FormatException(FormattableString.Invariant($"limit must be between 1 and {MostRows}"));
        return AplStage.Parse(
            $"['{dataset.Replace("'", "\\'")}'] | sort by _time {Order(body)} | limit {limit.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Order(JsonElement body)
    {
        if (!body.TryGetProperty("order", out var order))
            return "desc";
        var by = order.EnumerateArray().Single();
        if (by.GetProperty("field").GetString() != "_time")
            throw new FormatException("the simulator sorts only by _time");
        return by.TryGetProperty("desc", out var desc) && !desc.GetBoolean() ? "asc" : "desc";
    }
}
