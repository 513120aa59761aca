using System.Globalization;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Services;
using LogScalePaging.Simulator.Tanium;

namespace LogScalePaging.Simulator;

/// <summary>A server on the loopback address that answers queries as Tanium's API Gateway does. Thread safe.</summary>
public sealed class TaniumSimulator : IDisposable
{
    private readonly HttpListenerLoop _listener;
    private readonly RequestLog _log = new();

    private TaniumSimulator(TaniumSimulatorOptions options)
    {
        Options = options;
        var clock = new SimulatorClock(new SimulatorOptions { TimeProvider = options.TimeProvider });
        var pipeline = new ServicePipeline(options, clock, new TaniumApi(options, clock), _log, r => RequestHandled?.Invoke(r));
        _listener = new HttpListenerLoop(options.Port, clock, pipeline.ServeAsync);
        BaseUrl = new Uri("http://127.0.0.1:" + _listener.Port.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Raised when a request was handled, right before its answer is sent.</summary>
    public event Action<RequestRecord>? RequestHandled;

    /// <summary>http://127.0.0.1:PORT.</summary>
    public Uri BaseUrl { get; }

    /// <summary>The settings, live: changes hold from the next request on.</summary>
    public TaniumSimulatorOptions Options { get; }

    /// <summary>The last requests, in the order in which they came: a copy.</summary>
    public IReadOnlyList<RequestRecord> Requests => _log.Records;

    public long RequestCount => _log.Count;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="SimulatorPortException">The port is taken.</exception>
    public static TaniumSimulator Create(TaniumSimulatorOptions? options = null) => new(options ?? new TaniumSimulatorOptions());

    /// <summary>Stops listening and closes all connections.</summary>
    public void Dispose() => _listener.Dispose();
}
