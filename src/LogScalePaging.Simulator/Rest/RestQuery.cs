using System.Globalization;
using System.Text.Json;
using LogScalePaging.Simulator.Http;

namespace LogScalePaging.Simulator.Rest;

/// <summary>The parameters of a request, from its query string or, for a POST request, from its body.</summary>
internal sealed class RestQuery(RestEndpoint endpoint, HttpRequest request)
{
    private readonly Dictionary<string, string> _values = endpoint.Method == "POST"
        ? Body(request) : new(request.Parameters.ToDictionary(p => p.Key, p => p.Value));

    public string? this[string name] => _values.TryGetValue(name, out var value) ? value : null;

    public string Filter => this["filter"] ?? "";

    public string Sort => this["sort"] ?? "";

    public int Limit => int.Parse(this["limit"] ?? "100", NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>What a token is for.</summary>
    public string Key => Filter + "\n" + Sort;

    /// <summary>The records in order.</summary>
    /// <exception cref="FormatException">The filter or the order is not valid.</exception>
    public List<(RestRecord Record, string Value)> Select(IEnumerable<RestRecord> records)
    {
        var cut = Sort.LastIndexOfAny(['.', '|']);
        var field = cut < 0 ? Sort : Sort.Substring(0, cut);
        IEnumerable<(RestRecord Record, string Value)> found = records.Where(RestFilter.Parse(Filter)).Select(r => (r, field.Length == 0
            ? "" : r[field]));
        if (field.Length == 0)
            return [.. found];
        return IsDescending ? [.. found.OrderByDescending(r => r.Value, StringComparer.Ordinal)] : [.. found.OrderBy(r =>
            r.Value, StringComparer.Ordinal)];
    }

    /// <summary>Whether a record comes after the record of a token.</summary>
    public bool IsBehind((RestRecord Record, string Value) record, RestToken token)
    {
        var order = string.CompareOrdinal(record.Value, token.Value) * (IsDescending ? -1 : 1);
        return order > 0 || (order == 0 && record.Record.Number > token.Number);
    }

    private bool IsDescending => Sort.EndsWith("desc", StringComparison.Ordinal);

    private static Dictionary<string, string> Body(HttpRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        return body.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.ValueKind == JsonValueKind.String
            ? m.Value.GetString()! : m.Value.GetRawText(), StringComparer.Ordinal);
    }
}
