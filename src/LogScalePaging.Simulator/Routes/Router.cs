using LogScalePaging.Simulator.Http;

namespace LogScalePaging.Simulator.Routes;

/// <summary>Finds the route of a request.</summary>
internal sealed class Router(IEnumerable<Route> routes)
{
    private readonly Route[] _routes = [.. routes];

    /// <returns>The route and the values of its path; null for paths that are not part of the API.</returns>
    public (Route Route, Dictionary<string, string> Values)? Find(HttpRequest request)
    {
        foreach (var route in _routes)
        {
            if (route.Match(request.Method, request.Path) is { } values)
                return (route, values);
        }
        return null;
    }
}
