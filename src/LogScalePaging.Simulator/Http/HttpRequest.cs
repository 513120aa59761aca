using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Http;

/// <summary>A complete request.</summary>
internal sealed class HttpRequest
{
    private IReadOnlyDictionary<string, string>? _parameters;

    public required string Method { get; init; }

    /// <summary>The path, percent-encoded.</summary>
    public required string Path { get; init; }

    /// <summary>The text after the question mark, percent-encoded.</summary>
    public required string Query { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required byte[] Body { get; init; }

    public required bool KeepAlive { get; init; }

    public string BodyText => Utf8.Text(Body);

    /// <summary>Decoded parameters of the query. The last of repeated ones is used.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters ??= ParseParameters(Query);

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    public string? Parameter(string name) => Parameters.TryGetValue(name, out var value) ? value : null;

    /// <summary>Parses <c>a=b&amp;c=d</c>, from a query or a form.</summary>
    public static Dictionary<string, string> ParseParameters(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair.Substring(0, equals);
            parameters[Decode(name)] = equals < 0 ? "" : Decode(pair.Substring(equals + 1));
        }
        return parameters;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
