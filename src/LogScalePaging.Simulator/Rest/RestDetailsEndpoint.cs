namespace LogScalePaging.Simulator;

/// <summary>An endpoint that returns full records for ids.</summary>
/// <param name="Path">Path.</param>
/// <param name="Resource">Name of the records.</param>
/// <param name="Method">POST with a body, or GET with parameters.</param>
/// <param name="Ids">Name of the list of ids in a request.</param>
/// <param name="Most">Maximum number of ids. A request with more is refused.</param>
public sealed record RestDetailsEndpoint(string Path, string Resource, string Method, string Ids, int Most)
{
    /// <summary>The simulated endpoints.</summary>
    public static IReadOnlyList<RestDetailsEndpoint> Known { get; } =
    [
        new("/devices/entities/devices/v2", "hosts", "POST", "ids", 5_000),
        new("/devices/entities/devices/v2", "hosts", "GET", "ids", 100),
        new("/alerts/entities/alerts/v2", "alerts", "POST", "composite_ids", 1_000),
        new("/spotlight/entities/vulnerabilities/v2", "vulnerabilities", "GET", "ids", 400),
        new("/iocs/entities/indicators/v1", "indicators", "GET", "ids", 2_000),
        new("/mssp/entities/children/GET/v2", RestEndpoint.Children, "POST", "ids", 100),
    ];
}
