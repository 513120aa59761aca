using System.Security;
using LogScalePaging.LogScale;
using LogScalePaging.Simulator;

namespace LogScalePaging;

/// <summary>
/// A simulated Falcon gateway with NG-SIEM behind it, and the REST API if it was asked for. Its properties are the parameters that
/// <c>Connect-Falcon</c> takes from the pipeline.
/// </summary>
public sealed class FalconSimulatorInstance : QueryJobSimulatorInstance
{
    private readonly GatewayOptions _gateway;
    private readonly FalconRestOptions? _rest;

    internal FalconSimulatorInstance(LogScaleSimulator simulator, GatewayOptions gateway, DateTimeOffset started) : base(simulator, started)
    {
        _gateway = gateway;
        _rest = simulator.Options.Falcon;
        ClientSecret = ConnectionSettings.Secret(gateway.ClientSecret)!;
    }

    /// <summary>The first of its views. All views have the same events.</summary>
    public override string Repository => _gateway.Repositories[0];

    /// <summary>Id of the API client that it accepts.</summary>
    public string ClientId => _gateway.ClientId;

    /// <summary>Secret of that client.</summary>
    public SecureString ClientSecret { get; }

    /// <summary>Child tenants that the client may act for.</summary>
    public string[] MemberCids => [.. _gateway.MemberCids, .. _gateway.Tenants.Select(t => t.Cid)];

    /// <summary>The scopes of the client. They can be changed, to try a missing scope.</summary>
    public string[] Scopes
    {
        get => [.. _gateway.Scopes];
        set => _gateway.Scopes = value ?? [];
    }

    internal override string ConnectCmdlet => "Connect-Falcon";

    /// <summary>Makes pages of the REST API wrong although their status is 200, to test how a runbook handles it.</summary>
    /// <param name="fault">
    /// One of <c>EmptyToken</c>, <c>NoToken</c>, <c>RepeatedToken</c>, <c>FirstToken</c>, <c>ExpiredToken</c>, <c>SparsePage</c> and
    /// <c>EmptyPage</c>.
    /// </param>
    /// <param name="page">The first page that is wrong, from 1, over all pages since the start.</param>
    /// <param name="times">How many pages are wrong.</param>
    public void AddPageFault(string fault, int page, int times)
    {
        var rest = _rest ?? throw new InvalidOperationException("This simulator has no REST API. Start it with -System Falcon.");
        rest.PageFaults = [.. rest.PageFaults, new RestFault(Parse<RestFaultKind>(fault), page, times)];
    }

    /// <summary>Removes all faults.</summary>
    public override void ClearFaults()
    {
        base.ClearFaults();
        if (_rest is not null)
            _rest.PageFaults = [];
    }
}
