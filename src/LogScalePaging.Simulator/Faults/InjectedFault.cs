namespace LogScalePaging.Simulator;

/// <summary>A fault and the request that it affected.</summary>
public sealed record InjectedFault(RequestInfo Request, Fault Fault)
{
    public override string ToString() => $"{Request}: {Fault}";
}
