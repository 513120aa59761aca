using LogScalePaging.Bench.Processes;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Bench.Clients;

/// <summary>The task of a client process.</summary>
internal sealed record ClientSettings
{
    /// <summary>
    /// <c>engine</c>: the engine's export. <c>published</c>: the published script's loop. <c>tanium</c>, <c>axiom</c>, <c>falcon</c>: the
    /// engine's export from these systems. <c>relay-loop</c>: a bare loop over Tanium. <c>axiom-loop</c>: the loop of Axiom's guide.
    /// </summary>
    public required string Kind { get; init; }

    public required ServerAddress Server { get; init; }

    public string Query { get; init; } = "*";

    /// <summary>Where the events go.</summary>
    public required string Output { get; init; }

    public int PageSize { get; init; } = 200;

    public int? MaxEvents { get; init; }

    /// <summary>
    /// A server whose events are exported first, without measuring. The runtime has then compiled its code, as in a longer session.
    /// </summary>
    public ServerAddress? WarmUp { get; init; }

    /// <summary>Jobs at once.</summary>
    public int Parallel { get; init; } = 8;

    public SearchStrategy Strategy { get; init; } = SearchStrategy.Around;
}

/// <summary>What a client process did, and what it took.</summary>
/// <param name="Events">Events in its output.</param>
/// <param name="Seconds">Time from its first request to the finished output; the start of the process is not in it.</param>
/// <param name="CpuSeconds">Processor time within those seconds.</param>
/// <param name="PeakBytes">Peak of its resident memory.</param>
/// <param name="State">The verdict on its result, where it gives one.</param>
internal sealed record ClientOutcome(long Events, double Seconds, double CpuSeconds, long PeakBytes, string State)
{
    /// <summary>Size of its output.</summary>
    public long Bytes { get; init; }

    /// <summary>Processor time, of all cores, that the host of a virtual machine gave to others within those seconds.</summary>
    public double StolenSeconds { get; init; }

    public double Rate => Events / Seconds;
}
