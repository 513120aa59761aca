namespace LogScalePaging.Simulator.Services;

/// <summary>The settings that every simulated service has.</summary>
internal interface IServiceSettings
{
    /// <summary>Added to every request before it is handled.</summary>
    TimeSpan Latency { get; }

    /// <summary>Whether answers are compressed when the client accepts it.</summary>
    bool Compression { get; }

    /// <summary>Which requests go wrong.</summary>
    FaultPlan Faults { get; }

    /// <summary>How many requests are kept.</summary>
    int RequestLogLimit { get; }
}
