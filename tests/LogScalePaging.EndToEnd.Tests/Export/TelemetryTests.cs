using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Export;

/// <summary>The metrics and activities of a search, as OpenTelemetry and dotnet-counters see them.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SearchStrategy.Around, 1_237)]
    [InlineData(SearchStrategy.Window, 1_238)]
    [InlineData(SearchStrategy.Stream, 1_239)]
    public async Task A_search_is_an_activity_and_its_pages_and_events_are_counted(SearchStrategy strategy, int events)
    {
        var searches = new ConcurrentQueue<Activity>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = searches.Enqueue,
        };
        ActivitySource.AddActivityListener(activities);
        var counts = new ConcurrentDictionary<string, long>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == Telemetry.Name)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) => counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        meters.Start();
        using var bench = new TestBench(new SimulatorOptions { MaxTail = 1_000 }).Fill(events);
        var request = new ExportRequest(TestBench.Spec() with { Strategy = strategy },
            new ExportTarget { Path = _folder.In("e.ndjson"), Format = ExportFormat.NdJson });
        await new ExportRun(bench.Connection, request, new SignalLog()).RunAsync(CancellationToken.None);
        // Other tests run beside this one: their numbers come on top, and their searches have other counts.
        Assert.True(counts["logscalepaging.events"] >= events);
        Assert.True(counts["logscalepaging.pages"] >= 1);
        var search = Assert.Single(searches,
            a => a.OperationName == "search" && a.GetTagItem("logscalepaging.events") is long brought && brought == events);
        Assert.Equal(strategy.ToString(), search.GetTagItem("logscalepaging.strategy"));
    }

    [Fact]
    public async Task A_continuation_that_is_missing_is_named()
    {
        using var bench = new TestBench(new SimulatorOptions()).Fill(450);
        bench.Server.Faults.Add(Fault.EmptyWithMore, RequestKind.Poll, nth: 3);
        var signals = new SignalLog();
        var request = new ExportRequest(TestBench.Spec(), new ExportTarget { Path = _folder.In("e.ndjson"), Format = ExportFormat.NdJson });
        var result = await new ExportRun(bench.Connection, request, signals).RunAsync(CancellationToken.None);
        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        Assert.Equal(1, signals.CountOf(SignalKind.ContinuationMissing));
    }
}
