namespace LogScalePaging.Simulator;

/// <summary>
/// Settings of a simulated Axiom. Those of the data, the port, the clock and the seed are read once, at the start; the others hold from the
/// next request on. Where no public recording shows what the real service does, both ways are a setting.
/// </summary>
public sealed class AxiomSimulatorOptions : Services.IServiceSettings
{
    /// <summary>TCP port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; set; }

    public string Dataset { get; set; } = "demo";

    /// <summary>The bearer token that requests must carry.</summary>
    public string Token { get; set; } = "simulator-token";

    /// <summary>The organisation that requests must name in X-Axiom-Org-Id; null for a token that needs none.</summary>
    public string? OrganisationId { get; set; }

    /// <summary>The same seed, counts, span and <see cref="Now"/> give the same events, byte for byte.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>How many events there are, those of <see cref="CrowdSize"/> among them.</summary>
    public int EventCount { get; set; } = 40_000;

    /// <summary>The time before <see cref="Now"/> over which the events are spread.</summary>
    public TimeSpan EventSpan { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many of the events share the instant in the middle of <see cref="EventSpan"/>.</summary>
    public int CrowdSize { get; set; }

    /// <summary>How many other events share an instant with the event before them.</summary>
    public int Ties { get; set; } = 200;

    /// <summary>How many events are the same in every byte as another one at their instant, as the guide to paging says it occurs.</summary>
    public int Duplicates { get; set; } = 20;

    /// <summary>The server's clock at the start, where the events end. Null: the time of <see cref="TimeProvider"/>.</summary>
    public DateTimeOffset? Now { get; set; }

    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Added to every request before it is handled.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Whether answers are compressed when the client accepts it.</summary>
    public bool Compression { get; set; }

    /// <summary>Whether an event at exactly the end of a range is inside. The start always is.</summary>
    public bool EndInclusive { get; set; }

    /// <summary>Nanoseconds to which the ends of a range are cut.</summary>
    public long RangeResolution { get; set; } = 1;

    public AxiomFormat Format { get; set; }

    /// <summary>Whether events of one instant come in another order in each answer.</summary>
    public bool ShuffleTies { get; set; }

    /// <summary>Rows of a query that names no limit.</summary>
    public int DefaultLimit { get; set; } = 1_000;

    /// <summary>Rows of an answer at most, whatever the query says.</summary>
    public int MaxRows { get; set; } = 65_000;

    /// <summary>How many rows beyond those of the answer its minCursor and maxCursor lie.</summary>
    public int CursorOverrun { get; set; }

    /// <summary>Whether a cursor is taken from the URL alone, where one official client sends it. Off: from the body, or else the URL.</summary>
    public bool CursorInUrl { get; set; }

    /// <summary>How many of the next answers with events lack a third of them and say <c>isPartial</c>.</summary>
    public int PartialAnswers { get; set; }

    /// <summary>How many of the next counts are estimates and say <c>isEstimate</c>.</summary>
    public int EstimatedCounts { get; set; }

    /// <summary>Messages in the status of every answer.</summary>
    public IReadOnlyList<string> Messages { get; set; } = [];

    /// <summary>How many events are counted and never listed, from the middle of the range on.</summary>
    public int HiddenEvents { get; set; }

    /// <summary>How many of the newest events arrive only after the first answer with events.</summary>
    public int LateEvents { get; set; }

    /// <summary>Requests a minute above which 429 is answered, with X-RateLimit-Reset; 0 for no limit.</summary>
    public int RateLimitPerMinute { get; set; }

    /// <summary>Queries a minute above which 430 is answered, with X-QueryLimit-Reset; 0 for no limit.</summary>
    public int QueryLimitPerMinute { get; set; }

    public FaultPlan Faults { get; set; } = new();

    /// <summary>How many requests <see cref="AxiomSimulator.Requests"/> keeps, oldest dropped first; 0 for none.</summary>
    public int RequestLogLimit { get; set; } = 100_000;
}
