using LogScalePaging.Simulator;

namespace LogScalePaging.Cli;

/// <summary>The simulator inside this process, for <c>--embedded</c>.</summary>
internal sealed class EmbeddedServer : IDisposable
{
    private readonly LogScaleSimulator _simulator;

    private EmbeddedServer(LogScaleSimulator simulator) => _simulator = simulator;

    public string BaseUrl => _simulator.BaseUrl.AbsoluteUri;

    public string Repository => _simulator.Repository;

    public string Token => _simulator.Token;

    /// <summary>What it holds, in words.</summary>
    public string Description => FormattableString.Invariant($"{_simulator.Options.EventCount:N0} events of the last {_simulator.Options.EventSpan.TotalHours:0} hours in repository '{Repository}'");

    /// <summary>Makes up the data of a day and starts to listen on a free port of this machine.</summary>
    /// <param name="repository">Name of its repository; null for its own.</param>
    /// <param name="time">The clock.</param>
    public static EmbeddedServer Start(string? repository, TimeProvider time)
    {
        var options = new SimulatorOptions { TimeProvider = time };
        if (repository is not null)
            options.Repository = repository;
        return new EmbeddedServer(LogScaleSimulator.Start(options));
    }

    public void Dispose() => _simulator.Dispose();
}
