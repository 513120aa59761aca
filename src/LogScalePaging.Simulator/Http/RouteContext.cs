namespace LogScalePaging.Simulator.Http;

/// <summary>A request on its way through a handler.</summary>
internal sealed class RouteContext(HttpRequest request, IReadOnlyDictionary<string, string> values, Fault? fault)
{
    public HttpRequest Request { get; } = request;

    /// <summary>A fault that the handler itself has to act out; null if none.</summary>
    public Fault? Fault { get; } = fault;

    /// <summary>The job that was made or asked for, to be recorded.</summary>
    public string? JobId { get; set; } = values.TryGetValue("id", out string? id) ? id : null;

    public string this[string name] => values[name];
}
