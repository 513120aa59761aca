using System.Security;
using LogScalePaging.LogScale;
using LogScalePaging.Simulator;

namespace LogScalePaging;

/// <summary>A simulated LogScale server. Its properties are the parameters that <c>Connect-LogScale</c> takes from the pipeline.</summary>
public sealed class LogScaleSimulatorInstance : QueryJobSimulatorInstance
{
    internal LogScaleSimulatorInstance(LogScaleSimulator simulator, DateTimeOffset started) : base(simulator, started) =>
        Token = ConnectionSettings.Secret(simulator.Token)!;

    /// <summary>The token that it accepts.</summary>
    public SecureString Token { get; }

    internal override string ConnectCmdlet => "Connect-LogScale";
}
