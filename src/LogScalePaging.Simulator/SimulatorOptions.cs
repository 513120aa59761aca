namespace LogScalePaging.Simulator;

/// <summary>
/// Settings of a simulated server. Most can be changed while it runs, and apply from the next request on. The settings of the data, the
/// port, the clock and the seed are read once, at the start. If no public recording shows what a real server does, each possible
/// behaviour is a setting.
/// </summary>
public sealed class SimulatorOptions
{
    /// <summary>TCP port on 127.0.0.1. With 0, any free port is used.</summary>
    public int Port { get; set; }

    public string Repository { get; set; } = "demo";

    /// <summary>The bearer token that requests must carry.</summary>
    public string Token { get; set; } = "simulator-token";

    /// <summary>The same seed, counts, span and <see cref="Now"/> give the same events, byte for byte.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Number of generated events, without crowds. The default gives some 6,000 ProcessRollup2 in the last hour.</summary>
    public int EventCount { get; set; } = 40_000;

    /// <summary>Events per minute that are added while the server runs, at most 60,000; 0 for none.</summary>
    public int EventsPerMinute { get; set; }

    /// <summary>The time before <see cref="Now"/> over which the events are spread.</summary>
    public TimeSpan EventSpan { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The share of events, 0 to 1, in the last hour. Ignored if the span is below two hours.</summary>
    public double LastHourShare { get; set; } = 0.5;

    /// <summary>The server's clock at the start, where the generated events end. Null: the time of <see cref="TimeProvider"/>.</summary>
    public DateTimeOffset? Now { get; set; }

    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    public IReadOnlyList<Crowd> Crowds { get; set; } = [];

    public IReadOnlyList<LateArrival> LateArrivals { get; set; } = [];

    /// <summary>The oldest events that are deleted while a client reads.</summary>
    public IReadOnlyList<Departure> Departures { get; set; } = [];

    /// <summary>
    /// Whether some events have text that breaks careless readers: line breaks, quotes, control characters, emoji, formulas, odd keys.
    /// </summary>
    public bool HostileText { get; set; } = true;

    /// <summary>The largest number of events of a filter query: the implied <c>tail(200)</c>.</summary>
    public int BufferSize { get; set; } = 200;

    /// <summary>The largest N of <c>tail(N)</c> and <c>head(N)</c>. A larger one is refused with 400.</summary>
    public int MaxTail { get; set; } = 200_000;

    /// <summary>Whether a poll sends the whole result buffer and ignores the requested page.</summary>
    public bool IgnoresPagination { get; set; }

    /// <summary>
    /// The largest number of events that <c>tail(N)</c> returns, even for a larger N. The result is cut without a warning.
    /// </summary>
    public int TailBrings { get; set; } = int.MaxValue;

    /// <summary>A static job expires after this time without a poll or heartbeat.</summary>
    public TimeSpan JobLifetime { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>The same for live jobs.</summary>
    public TimeSpan LiveJobLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The largest number of jobs at one time. More are refused with 429.</summary>
    public int MaxJobs { get; set; } = 6_000;

    /// <summary>Delay of every request before it is handled.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Time from a job's creation until it is done.</summary>
    public TimeSpan JobDuration { get; set; }

    /// <summary><c>pollAfter</c> of a running or live job, ms.</summary>
    public int PollAfterMs { get; set; } = 50;

    /// <summary>
    /// <c>pollAfter</c> of a static job that is done, ms. Real servers send some 19,700, and clients should not wait for it.
    /// </summary>
    public int PollAfterDoneMs { get; set; } = 19_736;

    /// <summary>Whether a job that is not done shows a growing part of its events. If not, it shows none.</summary>
    public bool PartialEventsWhileRunning { get; set; }

    /// <summary>Whether an <c>around</c> answer contains the anchor itself.</summary>
    public bool AroundRepeatsAnchor { get; set; }

    /// <summary>If the anchor is repeated: whether it counts in <c>numberOfEventsBefore</c>.</summary>
    public bool AroundAnchorCountsTowardsLimit { get; set; }

    public AroundHasMoreMode AroundHasMore { get; set; }

    public EventOrder AroundOrder { get; set; }

    /// <summary>Whether the job's start and end clip an <c>around</c> answer.</summary>
    public bool AroundClips { get; set; } = true;

    /// <summary>Limit of <c>numberOfEventsBefore</c> and <c>numberOfEventsAfter</c>, each. Larger values are reduced to it.</summary>
    public int AroundMax { get; set; } = int.MaxValue;

    public AroundMissingAnchor AroundMissingAnchor { get; set; }

    /// <summary>The order of the rows of <c>tail(N)</c> and <c>head(N)</c>.</summary>
    public EventOrder TailOrder { get; set; }

    /// <summary>Whether <c>tail(N)</c> and <c>head(N)</c> report <c>isAggregate=true</c>.</summary>
    public bool TailIsAggregate { get; set; } = true;

    /// <summary>Whether <c>tail(N)</c> and <c>head(N)</c> send a correct <c>hasMoreEvents</c>. If not, they send none.</summary>
    public bool TailHasMore { get; set; }

    /// <summary>Whether an event at exactly <c>end</c> is in the range. An event at the start always is.</summary>
    public bool EndInclusive { get; set; }

    /// <summary>What <c>useIngestTime</c>, <c>ingestStart</c> and <c>ingestEnd</c> of a create request do.</summary>
    public IngestTimeMode IngestTime { get; set; }

    /// <summary>Maximum number of rows of an aggregate (not of <c>tail</c> and <c>head</c>). More rows are cut, with a warning.</summary>
    public int AggregateRowLimit { get; set; } = 1_500;

    /// <summary>Whether <c>processedEvents</c> counts all events in the range (true) or only those that match.</summary>
    public bool ProcessedEventsCountsScanned { get; set; }

    /// <summary><c>maxIngestLatency</c> of <c>digestFlow</c> in ms. Null for a server that sends no <c>digestFlow</c>.</summary>
    public long? MaxIngestLatencyMs { get; set; } = 1_000;

    public string ServerVersion { get; set; } = "1.199.0--build-1--sha-simulator";

    /// <summary>Warnings added to every poll.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>Whether warnings are plain strings, as on old servers, instead of objects.</summary>
    public bool OldWarnings { get; set; }

    /// <summary>Whether polls have a warning with the Authorization header of the request, as a server that returns secrets.</summary>
    public bool EchoAuthorization { get; set; }

    /// <summary>Whether JSON answers begin with a byte order mark.</summary>
    public bool ByteOrderMark { get; set; }

    /// <summary>The Date header instead of the clock's; null for the clock's.</summary>
    public string? DateHeader { get; set; }

    /// <summary>Name of a load balancer's cookie. The first answer sets it, and without it no job is found. Null for none.</summary>
    public string? BalancerCookie { get; set; }

    /// <summary>Whether a delete is answered with 200 and an empty body, as by the Falcon gateway, instead of 204.</summary>
    public bool DeleteAnswersOk { get; set; }

    /// <summary>Whether answers are compressed if the client accepts it (gzip; deflate and br too on .NET 8 and later).</summary>
    public bool Compression { get; set; }

    /// <summary>Requests per second before 429 with Retry-After is answered; 0 for no limit.</summary>
    public int RateLimitPerSecond { get; set; }

    public FaultPlan Faults { get; set; } = new();

    /// <summary>How answers are wrong but look right.</summary>
    public AnswerFaultPlan AnswerFaults { get; set; } = new();

    /// <summary>
    /// Defects of the events themselves. They are applied when events are generated, added or arrive, so that <see
    /// cref="EventStore.Matching"/> has them too.
    /// </summary>
    public EventDefects Defects { get; set; } = new();

    /// <summary>Added to the clock in the <c>Date</c> header of every answer; negative for a clock that is behind.</summary>
    public TimeSpan DateHeaderAhead { get; set; }

    /// <summary>
    /// Falcon's gateway beside the direct API: sign-in at <c>/oauth2</c>, NG-SIEM below <c>/humio</c>. Null for none; read at the start.
    /// </summary>
    public GatewayOptions? Gateway { get; set; }

    /// <summary>Falcon's REST API, behind the gateway. Null for none; read at the start, and then there is a gateway in any case.</summary>
    public FalconRestOptions? Falcon { get; set; }

    /// <summary>
    /// Secures each connection, as a TLS server does; the address is then <c>https://localhost</c>. Null for plain HTTP; read at the start.
    /// </summary>
    public Func<Stream, CancellationToken, Task<Stream>>? Secure { get; set; }

    /// <summary>The settings for the events of a child tenant.</summary>
    internal SimulatorOptions ForTenant(int seed, int events)
    {
        var own = (SimulatorOptions)MemberwiseClone();
        (own.Seed, own.EventCount, own.EventsPerMinute, own.Crowds, own.LateArrivals) = (seed, events, 0, [], []);
        return own;
    }

    /// <summary>How many requests <see cref="LogScaleSimulator.Requests"/> keeps. The oldest are dropped first. 0 for none.</summary>
    public int RequestLogLimit { get; set; } = 100_000;
}
