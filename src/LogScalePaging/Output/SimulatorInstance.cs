using LogScalePaging.Simulator;

namespace LogScalePaging;

/// <summary>A simulated server that runs in this process. It pipes into the Connect cmdlet of its system.</summary>
public abstract class SimulatorInstance
{
    private readonly LogScaleSimulator _simulator;

    private protected SimulatorInstance(LogScaleSimulator simulator, DateTimeOffset started)
    {
        _simulator = simulator;
        StartedAt = started;
        BaseUrl = simulator.BaseUrl.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>Address to connect to.</summary>
    public string BaseUrl { get; }

    /// <summary>Name of its repository.</summary>
    public virtual string Repository => _simulator.Repository;

    /// <summary>True until it is stopped.</summary>
    public bool IsRunning { get; private set; } = true;

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Jobs that were neither deleted nor have expired.</summary>
    public int LiveJobCount => _simulator.LiveJobCount;

    /// <summary>Jobs made since the start.</summary>
    public int JobCount => _simulator.Jobs.Count;

    /// <summary>The largest number of live jobs at one time.</summary>
    public int PeakJobCount => _simulator.PeakJobCount;

    /// <summary>Requests since the start.</summary>
    public long RequestCount => _simulator.RequestCount;

    /// <summary>The last requests with their answers, one per line, without tokens.</summary>
    public string[] GetRequestLog() => [.. _simulator.Requests.Select(r => r.ToString())];

    /// <summary>Number of requests for a token; 0 without a gateway.</summary>
    public int TokenRequestCount => _simulator.TokenRequests;

    /// <summary>Number of valid tokens.</summary>
    public int LiveTokenCount => _simulator.Tokens.Count(t => !t.IsRevoked && t.Expires > _simulator.Now);

    /// <summary>Expires every token of the gateway now.</summary>
    public void ExpireTokens() => _simulator.ExpireAllTokens();

    /// <summary>Expires every job, as if it had not been polled in time.</summary>
    public void ExpireJobs() => _simulator.ExpireAllJobs();

    /// <summary>Makes requests fail, to test how a runbook handles it.</summary>
    /// <param name="fault">
    /// A status code such as <c>503</c>, or one of <c>ResetBefore</c>, <c>ResetAfter</c>, <c>CutBody</c>, <c>Hang</c>, <c>Html</c>,
    /// <c>ExpireJob</c>, <c>CancelledResult</c>, <c>EmptyWithMore</c>, <c>WrongJson</c>, <c>SlowBody</c>, <c>NotDone</c>.
    /// </param>
    /// <param name="request">Which requests: <c>Create</c>, <c>Poll</c>, <c>Heartbeat</c> or <c>Delete</c>; empty for any.</param>
    /// <param name="after">How many of them succeed first.</param>
    /// <param name="times">How many fail.</param>
    public void AddFault(string fault, string request, int after, int times)
    {
        var what = int.TryParse(fault, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var status)
            ? Fault.Status(status, "simulated")
            : Fault.Of(Parse<FaultKind>(fault));
        RequestKind? kind = string.IsNullOrEmpty(request) ? null : Parse<RequestKind>(request);
        var seen = 0;
        _simulator.Faults.Add(new FaultRule { Fault = what, Kind = kind, When = _ => Interlocked.Increment(ref seen) > after, Times = times });
    }

    /// <summary>Removes all faults.</summary>
    public void ClearFaults() => _simulator.Faults.Clear();

    /// <summary>Address and repository.</summary>
    public override string ToString() => $"{BaseUrl} ({Repository})";

    internal static SimulatorInstance Of(LogScaleSimulator simulator, DateTimeOffset started) => simulator.Options.Gateway is { } gateway
        ? new FalconSimulatorInstance(simulator, gateway, started)
        : new LogScaleSimulatorInstance(simulator, started);

    private static T Parse<T>(string name) where T : struct, Enum =>
        Enum.TryParse<T>(name, ignoreCase: true, out var value)
            ? value
            : throw new ArgumentException($"'{name}' is not a {typeof(T).Name} of the simulator.", nameof(name));

    internal void Stop()
    {
        IsRunning = false;
        _simulator.Dispose();
    }
}
