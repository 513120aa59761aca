using System.Globalization;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Jobs;
using LogScalePaging.Simulator.Routes;

namespace LogScalePaging.Simulator;

/// <summary>A server on the loopback address that answers as LogScale does, from data made from a seed. Thread safe.</summary>
public sealed class LogScaleSimulator : IDisposable, IAsyncDisposable
{
    private readonly HttpListenerLoop _listener;
    private readonly JobTable _jobs;
    private readonly RequestLog _log = new();

    private LogScaleSimulator(SimulatorOptions options)
    {
        Options = options;
        var clock = new SimulatorClock(options);
        Events = EventStore.Generate(options);
        _jobs = new JobTable(Events, clock);
        var router = new Router(new LogScaleRoutes(Events, _jobs, clock).Table());
        var pipeline = new RequestPipeline(options, clock, router, _jobs, new LateArrivals(Events, clock), _log, r => RequestHandled?.Invoke(r));
        _listener = new HttpListenerLoop(options.Port, clock, pipeline.ServeAsync);
        BaseUrl = new Uri("http://127.0.0.1:" + _listener.Port.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Raised when a request was handled, right before its answer is sent: what a handler does here is done when the client reads the answer.</summary>
    public event Action<RequestRecord>? RequestHandled;

    /// <summary>http://127.0.0.1:PORT</summary>
    public Uri BaseUrl { get; }

    public string Repository => Options.Repository;

    public string Token => Options.Token;

    /// <summary>The settings, live: changes hold from the next request on.</summary>
    public SimulatorOptions Options { get; }

    public EventStore Events { get; }

    /// <summary>Jobs that were neither deleted nor have expired.</summary>
    public int LiveJobCount => _jobs.LiveCount;

    /// <summary>The most jobs that were alive at one time.</summary>
    public int PeakJobCount => _jobs.Peak;

    /// <summary>Every job ever created, in order: a copy of the list.</summary>
    public IReadOnlyList<JobRecord> Jobs => _jobs.Records;

    /// <summary>The last requests, up to <see cref="SimulatorOptions.RequestLogLimit"/>, in the order in which they came: a copy.</summary>
    public IReadOnlyList<RequestRecord> Requests => _log.Records;

    public long RequestCount => _log.Count;

    public FaultPlan Faults => Options.Faults;

    /// <summary>Generates the events and starts to listen.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    public static LogScaleSimulator Start(SimulatorOptions? options = null) => new(options ?? new SimulatorOptions());

    /// <summary>Forgets jobs and requests, and starts their numbers anew. Events stay.</summary>
    public void Reset()
    {
        _jobs.Reset();
        _log.Reset();
    }

    /// <summary>Lets every job die, as if it had not been polled in time.</summary>
    public void ExpireAllJobs() => _jobs.ExpireAll();

    /// <summary>Stops listening and closes all connections.</summary>
    public void Dispose() => _listener.Dispose();

    public ValueTask DisposeAsync() => new(Task.Run(Dispose));
}
