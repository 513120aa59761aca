namespace LogScalePaging.Cli.Options;

/// <summary>The settings of a simulated server and its data.</summary>
/// <param name="Port">TCP port; 0 for any free one.</param>
/// <param name="Events">Number of records; null for the default of the system.</param>
/// <param name="Seed">The same seed generates the same data.</param>
/// <param name="Latency">Delay of every request.</param>
/// <param name="Name">Name of the repository or dataset; null for the system's own.</param>
/// <param name="Time">The clock.</param>
internal sealed record SimulatedData(int Port, int? Events, int Seed, TimeSpan Latency, string? Name, TimeProvider Time)
{
    /// <summary>Number of child tenants of Falcon.</summary>
    public int Tenants { get; init; }
}
