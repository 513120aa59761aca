using System.Security;
using LogScalePaging.LogScale;
using LogScalePaging.Simulator;

namespace LogScalePaging;

/// <summary>
/// A simulated API Gateway of Tanium. Its properties are the parameters that <c>Connect-Tanium</c> takes from the pipeline.
/// </summary>
public sealed class TaniumSimulatorInstance : SimulatorInstance
{
    private readonly TaniumSimulator _simulator;

    internal TaniumSimulatorInstance(TaniumSimulator simulator, DateTimeOffset started) : base(simulator.BaseUrl, started)
    {
        _simulator = simulator;
        Token = ConnectionSettings.Secret(simulator.Options.Token)!;
    }

    /// <summary>Names of its fields whose records come in pages.</summary>
    public string[] Fields => [.. _simulator.Options.Fields.Select(f => f.Name)];

    /// <summary>The token that it accepts.</summary>
    public SecureString Token { get; }

    /// <summary>Endpoints that have answered, to try a partial estate; null for all of them.</summary>
    public int? RespondedCount
    {
        get => _simulator.Options.Responded;
        set => _simulator.Options.Responded = value;
    }

    /// <inheritdoc/>
    public override long RequestCount => _simulator.RequestCount;

    internal override string ConnectCmdlet => "Connect-Tanium";

    private protected override IReadOnlyList<RequestRecord> Requests => _simulator.Requests;

    private protected override FaultPlan Faults => _simulator.Options.Faults;

    /// <summary>Makes pages wrong although their status is 200, to test how a runbook handles it.</summary>
    /// <param name="fault">
    /// One of <c>NullCursor</c>, <c>EmptyCursor</c>, <c>RepeatedCursor</c>, <c>FirstCursor</c>, <c>ExpiredCursor</c>, <c>Refreshed</c>,
    /// <c>SparsePage</c>, <c>EmptyPage</c>, <c>EarlyEnd</c>, <c>Total</c> (a total of 0), <c>ErrorsWithoutData</c>,
    /// <c>ErrorsBesideData</c> and <c>NullNode</c>.
    /// </param>
    /// <param name="page">
    /// The first page that is wrong, from 1, over all pages since the start. Requests for one record are no pages.
    /// </param>
    /// <param name="times">How many pages are wrong.</param>
    public void AddPageFault(string fault, int page, int times)
    {
        var options = _simulator.Options;
        options.PageFaults = [.. options.PageFaults, new TaniumFault(Parse<TaniumFaultKind>(fault), page, times)];
    }

    /// <summary>Removes all faults.</summary>
    public override void ClearFaults()
    {
        base.ClearFaults();
        _simulator.Options.PageFaults = [];
    }

    private protected override void End() => _simulator.Dispose();

    /// <summary>Address.</summary>
    public override string ToString() => BaseUrl;
}
