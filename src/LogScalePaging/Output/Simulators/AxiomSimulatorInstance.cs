using System.Security;
using LogScalePaging.LogScale;
using LogScalePaging.Simulator;

namespace LogScalePaging;

/// <summary>A simulated Axiom. Its properties are the parameters that <c>Connect-Axiom</c> takes from the pipeline.</summary>
public sealed class AxiomSimulatorInstance : SimulatorInstance
{
    private readonly AxiomSimulator _simulator;

    internal AxiomSimulatorInstance(AxiomSimulator simulator, DateTimeOffset started) : base(simulator.BaseUrl, started)
    {
        _simulator = simulator;
        Token = ConnectionSettings.Secret(simulator.Options.Token)!;
    }

    /// <summary>Name of its dataset.</summary>
    public string Dataset => _simulator.Options.Dataset;

    /// <summary>The token that it accepts.</summary>
    public SecureString Token { get; }

    /// <inheritdoc/>
    public override long RequestCount => _simulator.RequestCount;

    internal override string ConnectCmdlet => "Connect-Axiom";

    private protected override IReadOnlyList<RequestRecord> Requests => _simulator.Requests;

    private protected override FaultPlan Faults => _simulator.Options.Faults;

    private protected override void End() => _simulator.Dispose();

    /// <summary>Address and dataset.</summary>
    public override string ToString() => $"{BaseUrl} ({Dataset})";
}
