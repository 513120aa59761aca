using LogScalePaging.Simulator;

namespace LogScalePaging;

/// <summary>A simulated server that runs in this process. It pipes into the Connect cmdlet of its system.</summary>
public abstract class SimulatorInstance
{
    private protected SimulatorInstance(Uri baseUrl, DateTimeOffset started)
    {
        StartedAt = started;
        BaseUrl = baseUrl.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>Address to connect to.</summary>
    public string BaseUrl { get; }

    /// <summary>True until it is stopped.</summary>
    public bool IsRunning { get; private set; } = true;

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Requests since the start.</summary>
    public abstract long RequestCount { get; }

    /// <summary>The cmdlet that connects to it.</summary>
    internal abstract string ConnectCmdlet { get; }

    private protected abstract IReadOnlyList<RequestRecord> Requests { get; }

    private protected abstract FaultPlan Faults { get; }

    private protected abstract void End();

    /// <summary>The last requests with their answers, one per line, without tokens.</summary>
    public string[] GetRequestLog() => [.. Requests.Select(r => r.ToString())];

    /// <summary>Makes requests fail, to test how a runbook handles it.</summary>
    /// <param name="fault">
    /// A status code such as <c>503</c>, or one of <c>ResetBefore</c>, <c>ResetAfter</c>, <c>CutBody</c>, <c>Hang</c>, <c>Html</c>,
    /// <c>ExpireJob</c>, <c>CancelledResult</c>, <c>EmptyWithMore</c>, <c>WrongJson</c>, <c>SlowBody</c>, <c>NotDone</c>.
    /// </param>
    /// <param name="request">
    /// Which requests: <c>Create</c>, <c>Poll</c>, <c>Heartbeat</c> or <c>Delete</c> of query jobs, <c>Rest</c> or <c>RestDetails</c> of
    /// Falcon's REST API, <c>Query</c> of Axiom and Tanium; empty for any.
    /// </param>
    /// <param name="after">How many of them succeed first.</param>
    /// <param name="times">How many fail.</param>
    public void AddFault(string fault, string request, int after, int times)
    {
        var what = int.TryParse(fault, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out var status)
            ? Fault.Status(status, "simulated")
            : Fault.Of(Parse<FaultKind>(fault));
        RequestKind? kind = string.IsNullOrEmpty(request) ? null : Parse<RequestKind>(request);
        var seen = 0;
        Faults.Add(new FaultRule { Fault = what, Kind = kind, When = _ => Interlocked.Increment(ref seen) > after, Times = times });
    }

    /// <summary>Removes all faults.</summary>
    public virtual void ClearFaults() => Faults.Clear();

    private protected static T Parse<T>(string name) where T : struct, Enum =>
        Enum.TryParse<T>(name, ignoreCase: true, out var value)
            ? value
            : throw new ArgumentException($"'{name}' is not a {typeof(T).Name} of the simulator.", nameof(name));

    internal void Stop()
    {
        IsRunning = false;
        End();
    }
}
