using LogScalePaging.Simulator;

namespace LogScalePaging.Cli;

/// <summary>The simulator inside this process, for <c>--embedded</c>.</summary>
internal sealed class EmbeddedServer : IDisposable
{
    private readonly LogScaleSimulator _simulator;

    private EmbeddedServer(LogScaleSimulator simulator) => _simulator = simulator;

    public string BaseUrl => _simulator.BaseUrl.AbsoluteUri;

    public string Repository => _simulator.Options.Gateway?.Repositories[0] ?? _simulator.Repository;

    /// <summary>The token or, with the gateway, the client secret.</summary>
    public string Token => _simulator.Options.Gateway?.ClientSecret ?? _simulator.Token;

    /// <summary>Id of the API client; null without the gateway.</summary>
    public string? ClientId => _simulator.Options.Gateway?.ClientId;

    /// <summary>Its data, in words.</summary>
    public string Description =>
        FormattableString.Invariant(
            $"{_simulator.Options.EventCount:N0} events of the last {_simulator.Options.EventSpan.TotalHours:0} hours in {(ClientId is null ? "repository" : "the NG-SIEM view")} '{Repository}'");

    /// <summary>Generates the data of a day and listens on a free port of this machine.</summary>
    /// <param name="repository">Name of its repository; null for the default.</param>
    /// <param name="isNgSiem">Whether to simulate the Falcon gateway.</param>
    /// <param name="time">The clock.</param>
    public static EmbeddedServer Start(string? repository, bool isNgSiem, TimeProvider time)
    {
        var options = new SimulatorOptions { TimeProvider = time, Gateway = isNgSiem ? new GatewayOptions() : null };
        if (repository is not null && options.Gateway is { } gateway)
            gateway.Repositories = [repository];
        else if (repository is not null)
            options.Repository = repository;
        return new EmbeddedServer(LogScaleSimulator.Start(options));
    }

    public void Dispose() => _simulator.Dispose();
}
