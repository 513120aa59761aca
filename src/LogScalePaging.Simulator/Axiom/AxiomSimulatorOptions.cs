namespace LogScalePaging.Simulator;

/// <summary>
/// Settings of a simulated Axiom. The settings of the data, the port, the clock and the seed are read once, at the start. Changes of the
/// others apply from the next request on. If no public recording shows what the real service does, each possible behaviour is a setting.
/// </summary>
public sealed class AxiomSimulatorOptions : Services.IServiceSettings
{
    /// <summary>TCP port on 127.0.0.1. With 0, any free port is used.</summary>
    public int Port { get; set; }

    public string Dataset { get; set; } = "demo";

    /// <summary>The bearer token that requests must carry.</summary>
    public string Token { get; set; } = "simulator-token";

    /// <summary>The organisation that requests must name in X-Axiom-Org-Id; null for a token that needs none.</summary>
    public string? OrganisationId { get; set; }

    /// <summary>The same seed, counts, span and <see cref="Now"/> give the same events, byte for byte.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Number of events, including those of <see cref="CrowdSize"/>.</summary>
    public int EventCount { get; set; } = 40_000;

    /// <summary>The time before <see cref="Now"/> over which the events are spread.</summary>
    public TimeSpan EventSpan { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Number of events with the time in the middle of <see cref="EventSpan"/>.</summary>
    public int CrowdSize { get; set; }

    /// <summary>Number of other events with the same time as the event before them.</summary>
    public int Ties { get; set; } = 200;

    /// <summary>Number of events that are equal in every byte to another one. The vendor's guide to paging says that this occurs.</summary>
    public int Duplicates { get; set; } = 20;

    /// <summary>The server's clock at the start, and the end of the events. Null: the time of <see cref="TimeProvider"/>.</summary>
    public DateTimeOffset? Now { get; set; }

    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Delay of every request before it is handled.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Whether answers are compressed if the client accepts it.</summary>
    public bool Compression { get; set; }

    /// <summary>Whether an event at exactly the end of a range is included. An event at the start always is.</summary>
    public bool EndInclusive { get; set; }

    /// <summary>Nanoseconds to which the ends of a range are rounded down.</summary>
    public long RangeResolution { get; set; } = 1;

    public AxiomFormat Format { get; set; }

    /// <summary>Whether events with the same time have another order in each answer.</summary>
    public bool ShuffleTies { get; set; }

    /// <summary>Maximum number of rows of a query without a limit.</summary>
    public int DefaultLimit { get; set; } = 1_000;

    /// <summary>Maximum number of rows of an answer, even if the query has a larger limit.</summary>
    public int MaxRows { get; set; } = 65_000;

    /// <summary>How many rows minCursor and maxCursor are beyond the rows of the answer.</summary>
    public int CursorOverrun { get; set; }

    /// <summary>
    /// Whether the cursor is read only from the URL, as one official client sends it. Off: from the body, or else the URL.
    /// </summary>
    public bool CursorInUrl { get; set; }

    /// <summary>Number of next answers that lack a third of their events and say <c>isPartial</c>.</summary>
    public int PartialAnswers { get; set; }

    /// <summary>Number of next counts that are estimates and say <c>isEstimate</c>.</summary>
    public int EstimatedCounts { get; set; }

    /// <summary>Messages in the status of every answer.</summary>
    public IReadOnlyList<string> Messages { get; set; } = [];

    /// <summary>Number of events that are counted but never listed, from the middle of the range on.</summary>
    public int HiddenEvents { get; set; }

    /// <summary>Number of newest events that arrive only after the first answer with events.</summary>
    public int LateEvents { get; set; }

    /// <summary>Requests per minute before 429 with X-RateLimit-Reset is answered; 0 for no limit.</summary>
    public int RateLimitPerMinute { get; set; }

    /// <summary>Queries per minute before 430 with X-QueryLimit-Reset is answered; 0 for no limit.</summary>
    public int QueryLimitPerMinute { get; set; }

    public FaultPlan Faults { get; set; } = new();

    /// <summary>How many requests <see cref="AxiomSimulator.Requests"/> keeps. The oldest are dropped first. 0 for none.</summary>
    public int RequestLogLimit { get; set; } = 100_000;
}
