using System.Globalization;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Schedules;

/// <summary>A server whose clock a test moves, a folder for a schedule, and the events that the server was given.</summary>
internal sealed class ScheduleWorld : IDisposable
{
    public static readonly TimeSpan Lag = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Lookback = TimeSpan.FromHours(1);

    private readonly TemporaryFolder _folder = new();
    private readonly List<(string Id, long Time)> _arrived = [];
    private int _number;

    public ScheduleWorld(Action<SimulatorOptions>? change = null)
    {
        var options = new SimulatorOptions { EventCount = 0, Now = Clock.GetUtcNow(), TimeProvider = Clock };
        change?.Invoke(options);
        Server = LogScaleSimulator.Start(options);
        Bench = new TestBench(Server, null);
    }

    public ManualTimeProvider Clock { get; } = new();

    /// <summary>The clock of this machine; null for the real one, which is ahead of the server's.</summary>
    public ManualTimeProvider? Own { get; set; }

    public LogScaleSimulator Server { get; }

    public TestBench Bench { get; }

    public string Folder => _folder.Path;

    public string State => _folder.In("state.json");

    public long Now => Server.Now.ToUnixTimeMilliseconds();

    public ScheduleSettings Settings => new(State) { Lag = Lag, Lookback = Lookback };

    /// <summary>The events that the server was given, with their times.</summary>
    public IReadOnlyList<(string Id, long Time)> Arrived => _arrived;

    /// <summary>The output files.</summary>
    public IEnumerable<string> Files => Directory.GetFiles(Folder, "*.ndjson").Order(StringComparer.Ordinal);

    public string In(string name) => _folder.In(name);

    /// <summary>What the server says as the ingest time of events that arrive; null for nothing.</summary>
    public Func<long, long?> IngestTime { get; set; } = now => now;

    /// <summary>Adds events that arrive now.</summary>
    /// <param name="times">Their times.</param>
    public void Arrive(params long[] times)
    {
        var ingested = IngestTime(Now) is { } said
            ? string.Create(CultureInfo.InvariantCulture, $"\"@ingesttimestamp\":\"{said}\",")
            : "";
        foreach (var time in times)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"e{++_number}_0_7_{time / 1000}");
            _arrived.Add((id, time));
            Server.Events.Add(string.Create(CultureInfo.InvariantCulture,
                $$"""{"@id":"{{id}}","@timestamp":{{time}},{{ingested}}"#event_simpleName":"ProcessRollup2"}"""));
        }
    }

    /// <summary>Adds an event of a time before now.</summary>
    public void ArriveAgo(TimeSpan ago) => Arrive(Now - (long)ago.TotalMilliseconds);

    /// <summary>Moves the server's clock.</summary>
    public void Wait(TimeSpan time) => Clock.Advance(time);

    /// <summary>One run of the schedule.</summary>
    public Task<ScheduledExportResult> RunAsync(Action<string>? changed = null,
        string path = "events-{start:yyyyMMdd-HHmmssfff}.ndjson",
        Func<SearchSpec, SearchSpec>? search = null, Func<ScheduleSettings, ScheduleSettings>? settings = null, SignalLog? signals = null,
        TestBench? bench = null, CancellationToken cancellationToken = default)
    {
        var spec = new SearchSpec(TestBench.Query) { Start = QueryTime.Parse("1h") };
        var run = new ScheduledExport((bench ?? Bench).Connection, search?.Invoke(spec) ?? spec,
            PathTemplate.Parse(In(path), OutputPath.Known), Target,
            settings?.Invoke(Settings) ?? Settings, signals ?? new SignalLog())
        { Changed = changed, OwnClock = Own };
        return run.RunAsync(cancellationToken);
    }

    /// <summary>The ids of all events in the outputs.</summary>
    public IReadOnlyList<string> Exported() =>
        [.. Files.SelectMany(File.ReadAllLines).Select(line => line.Split("\"@id\":\"")[1].Split('"')[0])];

    /// <summary>Checks that each output agrees with its manifest.</summary>
    public void AssertValid()
    {
        foreach (var file in Files)
        {
            var found = ExportVerifier.Verify(file, null, default);
            Assert.True(found.IsValid, $"{file}: {string.Join("; ", found.Findings.Where(f => !f.Passed))}");
        }
    }

    public void Dispose()
    {
        Bench.Dispose();
        Server.Dispose();
        _folder.Dispose();
    }

    private static ExportTarget Target(string path) =>
        new() { Path = path, Format = ExportFormats.FromPath(path, out var gzip), Compress = gzip };
}
