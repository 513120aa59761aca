using System.Security;
using LogScalePaging.LogScale;
using LogScalePaging.Simulator;

namespace LogScalePaging;

/// <summary>
/// A simulated Falcon gateway with NG-SIEM behind it. Its properties are the parameters that <c>Connect-Falcon</c> takes from the pipeline.
/// </summary>
public sealed class FalconSimulatorInstance : SimulatorInstance
{
    private readonly GatewayOptions _gateway;

    internal FalconSimulatorInstance(LogScaleSimulator simulator, GatewayOptions gateway, DateTimeOffset started) : base(simulator, started)
    {
        _gateway = gateway;
        ClientSecret = ConnectionSettings.Secret(gateway.ClientSecret)!;
    }

    /// <summary>The first of its views. All views have the same events.</summary>
    public override string Repository => _gateway.Repositories[0];

    /// <summary>Id of the API client that it accepts.</summary>
    public string ClientId => _gateway.ClientId;

    /// <summary>Secret of that client.</summary>
    public SecureString ClientSecret { get; }

    /// <summary>Child tenants that the client may act for.</summary>
    public string[] MemberCids => [.. _gateway.MemberCids];

    /// <summary>The scopes of the client. They can be changed, to try a missing scope.</summary>
    public string[] Scopes
    {
        get => [.. _gateway.Scopes];
        set => _gateway.Scopes = value ?? [];
    }
}
