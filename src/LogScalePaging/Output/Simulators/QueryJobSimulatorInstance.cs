using LogScalePaging.Simulator;

namespace LogScalePaging;

/// <summary>A simulated server with query jobs: LogScale, or Falcon with NG-SIEM.</summary>
public abstract class QueryJobSimulatorInstance : SimulatorInstance
{
    private readonly LogScaleSimulator _simulator;

    private protected QueryJobSimulatorInstance(LogScaleSimulator simulator, DateTimeOffset started) : base(simulator.BaseUrl, started) =>
        _simulator = simulator;

    /// <summary>Name of its repository.</summary>
    public virtual string Repository => _simulator.Repository;

    /// <summary>Jobs that were neither deleted nor have expired.</summary>
    public int LiveJobCount => _simulator.LiveJobCount;

    /// <summary>Jobs made since the start.</summary>
    public int JobCount => _simulator.Jobs.Count;

    /// <summary>The largest number of live jobs at one time.</summary>
    public int PeakJobCount => _simulator.PeakJobCount;

    /// <inheritdoc/>
    public override long RequestCount => _simulator.RequestCount;

    /// <summary>Number of requests for a token; 0 without a gateway.</summary>
    public int TokenRequestCount => _simulator.TokenRequests;

    /// <summary>Number of valid tokens.</summary>
    public int LiveTokenCount => _simulator.Tokens.Count(t => !t.IsRevoked && t.Expires > _simulator.Now);

    private protected override IReadOnlyList<RequestRecord> Requests => _simulator.Requests;

    private protected override FaultPlan Faults => _simulator.Faults;

    private protected override void End() => _simulator.Dispose();

    /// <summary>Expires every token of the gateway now.</summary>
    public void ExpireTokens() => _simulator.ExpireAllTokens();

    /// <summary>Expires every job, as if it had not been polled in time.</summary>
    public void ExpireJobs() => _simulator.ExpireAllJobs();

    /// <summary>Address and repository.</summary>
    public override string ToString() => $"{BaseUrl} ({Repository})";

    internal static QueryJobSimulatorInstance Of(LogScaleSimulator simulator, DateTimeOffset started) =>
        simulator.Options.Gateway is { } gateway
            ? new FalconSimulatorInstance(simulator, gateway, started)
            : new LogScaleSimulatorInstance(simulator, started);
}
