using LogScalePaging.Simulator;

namespace LogScalePaging.Cli.Options;

/// <summary>A server with generated data.</summary>
/// <param name="Server">The server. Disposing it stops it.</param>
/// <param name="Description">The kind of server and its data, in words.</param>
/// <param name="Variables">The environment variables for connecting to it.</param>
/// <param name="RequestCount">Returns the number of requests so far.</param>
/// <param name="Listen">Adds a callback for each request.</param>
internal sealed record SimulatedServer(
    IDisposable Server,
    string Description,
    IReadOnlyList<(string Name, string Value)> Variables,
    Func<long> RequestCount,
    Action<Action<RequestRecord>> Listen);
