using LogScalePaging.Simulator;

namespace LogScalePaging.Bench.Attacks;

/// <summary>One way in which a hostile server tries to fill the memory of a client.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Arm">Makes the server hostile.</param>
/// <param name="Arguments">Additional arguments of the export.</param>
internal sealed record Attack(string Name, Action<LogScaleSimulator> Arm, params string[] Arguments)
{
    /// <summary>Events that the server holds.</summary>
    public int Events { get; init; } = 3_000;

    /// <summary>Rows of the server's result buffer.</summary>
    public int MaxTail { get; init; } = 10_000;

    /// <summary>True when the server is the Falcon gateway.</summary>
    public bool IsGateway { get; init; }

    /// <summary>The query of the export.</summary>
    public string Query { get; init; } = "*";

    /// <summary>The settings of the server.</summary>
    public SimulatorOptions ToOptions() => new()
    {
        EventCount = Events,
        EventSpan = TimeSpan.FromHours(1),
        PollAfterMs = 0,
        MaxTail = MaxTail,
        Gateway = IsGateway ? new GatewayOptions() : null,
        RequestLogLimit = 0,
    };
}
