using System.Globalization;
using LogScalePaging.Simulator.Axiom;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Services;

namespace LogScalePaging.Simulator;

/// <summary>A server on the loopback address that answers queries as Axiom does, with data generated from a seed. Thread safe.</summary>
public sealed class AxiomSimulator : IDisposable
{
    private readonly HttpListenerLoop _listener;
    private readonly AxiomDataset _dataset;
    private readonly RequestLog _log = new();

    private AxiomSimulator(AxiomSimulatorOptions options)
    {
        Options = options;
        var clock = new SimulatorClock(new SimulatorOptions { Now = options.Now, TimeProvider = options.TimeProvider });
        // The clock runs on.
        End = options.Now ?? clock.Now;
        Start = End - options.EventSpan;
        _dataset = new AxiomDataset(options, End);
        var pipeline = new ServicePipeline(options, clock, new AxiomApi(options, _dataset, clock), _log, r => RequestHandled?.Invoke(r));
        _listener = new HttpListenerLoop(options.Port, clock, pipeline.ServeAsync);
        BaseUrl = new Uri("http://127.0.0.1:" + _listener.Port.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Raised after a request was handled, right before its answer is sent.</summary>
    public event Action<RequestRecord>? RequestHandled;

    /// <summary>http://127.0.0.1:PORT.</summary>
    public Uri BaseUrl { get; }

    /// <summary>Where the events begin.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The time of the newest event.</summary>
    public DateTimeOffset End { get; }

    /// <summary>The settings. Changes apply from the next request on.</summary>
    public AxiomSimulatorOptions Options { get; }

    /// <summary>A copy of the last requests, in the order in which they came.</summary>
    public IReadOnlyList<RequestRecord> Requests => _log.Records;

    public long RequestCount => _log.Count;

    /// <summary>The values of one field, each as JSON, oldest event first. A field that an event does not have is null.</summary>
    public IEnumerable<string> Values(string field) => _dataset.Events.Select(e => AxiomEventFields.Value(e, field) ?? "null");

    /// <summary>Generates the events and starts to listen.</summary>
    /// <exception cref="SimulatorPortException">The port is taken.</exception>
    public static AxiomSimulator Create(AxiomSimulatorOptions? options = null) => new(options ?? new AxiomSimulatorOptions());

    /// <summary>Stops listening and closes all connections.</summary>
    public void Dispose() => _listener.Dispose();
}
