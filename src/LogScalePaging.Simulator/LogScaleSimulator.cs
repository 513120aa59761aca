using System.Globalization;
using LogScalePaging.Simulator.Gateway;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Jobs;
using LogScalePaging.Simulator.Rest;
using LogScalePaging.Simulator.Routes;

namespace LogScalePaging.Simulator;

/// <summary>A server on the loopback address that answers as LogScale does, with data generated from a seed. Thread safe.</summary>
public sealed class LogScaleSimulator : IDisposable, IAsyncDisposable
{
    private readonly HttpListenerLoop _listener;
    private readonly HttpListenerLoop? _home;
    private readonly FalconGateway? _gateway;
    private readonly SimulatorClock _clock;
    private readonly JobTable _jobs;
    private readonly Dictionary<string, TenantServer> _tenants = new(StringComparer.Ordinal);
    private readonly RequestLog _log = new();

    private LogScaleSimulator(SimulatorOptions options)
    {
        Options = options;
        var clock = _clock = new SimulatorClock(options);
        Events = EventStore.Generate(options);
        _jobs = new JobTable(Events, clock);
        var routes = new LogScaleRoutes(Events, _jobs, clock);
        if (options.Falcon is not null)
            options.Gateway ??= new GatewayOptions();
        foreach (var tenant in options.Gateway?.Tenants ?? [])
            _tenants.Add(tenant.Cid, new TenantServer(tenant, _tenants.Count + 1, options, clock));
        _gateway = options.Gateway is { } gateway ? new FalconGateway(gateway, options.Seed, clock, _tenants) : null;
        var router = new Router([.. routes.Table(), .. _gateway is null ? [] : routes.Table(FalconGateway.Prefix),
            .. options.Falcon is { } falcon ? new RestRoutes(falcon, options.Seed, clock, null, options.Gateway!.Tenants).Table() : []]);
        var pipeline = new RequestPipeline(options, clock, router, _jobs, new StoreChanges(Events, clock),
            new ArrivingEvents(Events, clock), _log, r => RequestHandled?.Invoke(r), _gateway);
        var isHome = options.Gateway?.HomeRegion is null || options.Gateway.HomeRegion == options.Gateway.Region;
        if (!isHome)
        {
            _home = new HttpListenerLoop(0, clock,
                (request, connection, stop) => pipeline.ServeAsync(request, connection, isHome: true, stop), options.Secure);
            HomeUrl = _gateway!.Home = Url(_home.Port);
        }
        _listener = new HttpListenerLoop(options.Port, clock,
            (request, connection, stop) => pipeline.ServeAsync(request, connection, isHome, stop), options.Secure);
        BaseUrl = Url(_listener.Port);
    }

    /// <summary>
    /// Raised after a request was handled, right before its answer is sent. The handler ends before the client gets the answer.
    /// </summary>
    public event Action<RequestRecord>? RequestHandled;

    /// <summary>http://127.0.0.1:PORT, or https://localhost:PORT with TLS.</summary>
    public Uri BaseUrl { get; }

    /// <summary>Address of the account's cloud, if <see cref="GatewayOptions.HomeRegion"/> is not the first one.</summary>
    public Uri? HomeUrl { get; }

    /// <summary>Number of requests for a token, including refused ones.</summary>
    public int TokenRequests => _gateway?.Tokens.Requests ?? 0;

    /// <summary>Every token that the gateway issued, in order: a copy of the list.</summary>
    public IReadOnlyList<TokenRecord> Tokens => _gateway?.Tokens.Records ?? [];

    /// <summary>The server's clock.</summary>
    public DateTimeOffset Now => _clock.Now;

    /// <summary>Number of connections so far.</summary>
    public long ConnectionsAccepted => _listener.Accepted + (_home?.Accepted ?? 0);

    /// <summary>Number of open connections.</summary>
    public int ConnectionsOpen => _listener.Open + (_home?.Open ?? 0);

    public string Repository => Options.Repository;

    public string Token => Options.Token;

    /// <summary>The settings. Changes apply from the next request on.</summary>
    public SimulatorOptions Options { get; }

    public EventStore Events { get; }

    /// <summary>The events of a child tenant of <see cref="GatewayOptions.Tenants"/>.</summary>
    public EventStore EventsOf(string cid) => _tenants[cid].Events;

    /// <summary>Every job ever created for such a tenant, in order: a copy of the list.</summary>
    public IReadOnlyList<JobRecord> JobsOf(string cid) => _tenants[cid].Jobs.Records;

    /// <summary>Jobs that were neither deleted nor have expired.</summary>
    public int LiveJobCount => _jobs.LiveCount + _tenants.Values.Sum(t => t.Jobs.LiveCount);

    /// <summary>The largest number of live jobs at one time.</summary>
    public int PeakJobCount => _jobs.Peak;

    /// <summary>Every job ever created, in order: a copy of the list.</summary>
    public IReadOnlyList<JobRecord> Jobs => _jobs.Records;

    /// <summary>The last requests, up to <see cref="SimulatorOptions.RequestLogLimit"/>, in the order in which they came: a copy.</summary>
    public IReadOnlyList<RequestRecord> Requests => _log.Records;

    public long RequestCount => _log.Count;

    public FaultPlan Faults => Options.Faults;

    /// <summary>Generates the events and starts to listen.</summary>
    /// <exception cref="SimulatorPortException">The port is taken.</exception>
    public static LogScaleSimulator Start(SimulatorOptions? options = null) => new(options ?? new SimulatorOptions());

    /// <summary>Forgets jobs and requests, and starts their numbers again. Events stay.</summary>
    public void Reset()
    {
        _jobs.Reset();
        foreach (var tenant in _tenants.Values)
            tenant.Jobs.Reset();
        _log.Reset();
    }

    /// <summary>Expires every job, as if it had not been polled in time.</summary>
    public void ExpireAllJobs()
    {
        _jobs.ExpireAll();
        foreach (var tenant in _tenants.Values)
            tenant.Jobs.ExpireAll();
    }

    /// <summary>Expires every token now.</summary>
    public void ExpireAllTokens() => _gateway?.Tokens.ExpireAll();

    /// <summary>A task that ends when the clients have closed the connections that are open now.</summary>
    public Task IdleAsync() => Task.WhenAll(_listener.IdleAsync(), _home?.IdleAsync() ?? Task.CompletedTask);

    /// <summary>Stops listening and closes all connections.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        _home?.Dispose();
    }

    // The certificate is for a name. Without TLS, an address saves the look-up.
    private Uri Url(int port) =>
        new((Options.Secure is null ? "http://127.0.0.1:" : "https://localhost:") + port.ToString(CultureInfo.InvariantCulture));

    public ValueTask DisposeAsync() => new(Task.Run(Dispose));
}
