namespace LogScalePaging.Simulator.Http;

/// <summary>A request while a handler processes it.</summary>
internal sealed class RouteContext(HttpRequest request, IReadOnlyDictionary<string, string> values, Fault? fault)
{
    public HttpRequest Request { get; } = request;

    /// <summary>A fault that the handler itself must apply; null if none.</summary>
    public Fault? Fault { get; } = fault;

    /// <summary>The job that was created or requested, for the record.</summary>
    public string? JobId { get; set; } = values.TryGetValue("id", out var id) ? id : null;

    public string this[string name] => values[name];
}
