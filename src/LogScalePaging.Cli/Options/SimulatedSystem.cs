using LogScalePaging.Simulator;

namespace LogScalePaging.Cli.Options;

/// <summary>A server with generated data.</summary>
/// <param name="Server">The server. It ends when it is disposed.</param>
/// <param name="Description">What it is and holds, for a person.</param>
/// <param name="Variables">The environment variables that lead to it.</param>
/// <param name="RequestCount">How many requests it has had.</param>
/// <param name="Listen">Calls back for each request.</param>
internal sealed record SimulatedSystem(
    IDisposable Server,
    string Description,
    IReadOnlyList<(string Name, string Value)> Variables,
    Func<long> RequestCount,
    Action<Action<RequestRecord>> Listen);
