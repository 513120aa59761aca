namespace LogScalePaging.Simulator.Http;

/// <summary>A handler and its requests.</summary>
internal sealed class Route
{
    private readonly string[] _pattern;

    /// <param name="pattern">A path. A segment in braces matches any value, which the handler gets by its name.</param>
    public Route(string method, string pattern, RequestKind kind, Func<RouteContext, HttpResponse> handle)
    {
        Method = method;
        Kind = kind;
        Handle = handle;
        _pattern = pattern.Split('/');
    }

    public string Method { get; }

    public RequestKind Kind { get; }

    public Func<RouteContext, HttpResponse> Handle { get; }

    /// <summary>Whether the bearer token must be right.</summary>
    public bool NeedsToken { get; init; } = true;

    /// <returns>The path's values by name; null if the route does not match.</returns>
    public Dictionary<string, string>? Match(string method, string path)
    {
        if (method != Method)
            return null;
        var parts = path.TrimEnd('/').Split('/');
        if (parts.Length != _pattern.Length)
            return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < parts.Length; i++)
        {
            var part = _pattern[i];
            if (part.Length > 0 && part[0] == '{')
                values[part.Substring(1, part.Length - 2)] = Uri.UnescapeDataString(parts[i]);
            else if (part != parts[i])
                return null;
        }
        return values;
    }
}
