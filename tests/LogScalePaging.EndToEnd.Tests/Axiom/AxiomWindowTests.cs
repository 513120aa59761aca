using LogScalePaging.Axiom;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Axiom;

/// <summary>Large ranges, which are read in windows, several at once.</summary>
public sealed class AxiomWindowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(399, "Time")]
    [InlineData(400, "Window")]
    public async Task Auto_uses_windows_for_a_large_range(int count, string strategy)
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = count });
        await using var search = bench.Connection.Open(bench.Request, bench.Signals);
        await search.OpenAsync(toFile: true, default);
        Assert.Equal(strategy, search.Plan!.Strategy);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 1_000_000)]
    [InlineData(true, 1_000_000)]
    public async Task Every_event_comes_once_whatever_the_server_makes_of_the_ends_of_windows(bool endInclusive, long resolution)
    {
        // Many events fall exactly on the edges of windows: the bars are milliseconds.
        using var bench = new AxiomBench(new AxiomSimulatorOptions
        {
            EventCount = 3_000,
            EventSpan = TimeSpan.FromHours(1),
            CrowdSize = 250,
            Ties = 800,
            EndInclusive = endInclusive,
            RangeResolution = resolution,
            ShuffleTies = true,
        });
        foreach (var oldestFirst in new[] { false, true })
        {
            var (events, verdict) = await bench.WalkAsync(bench.Request with { OldestFirst = oldestFirst });
            bench.AssertAll(events, oldestFirst);
            Assert.Equal(CompletenessState.Complete, verdict.State);
        }
    }

    [Fact]
    public async Task A_window_is_one_request()
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 20_000 });
        var (events, verdict) = await bench.WalkAsync(bench.Request with { PageSize = 2_000, Paging = AxiomPaging.Window });

        Assert.Equal((20_000, CompletenessState.Complete), (events.Count, verdict.State));
        Assert.InRange(bench.Server.Requests.Count(r => r.Body.Contains("sort by", StringComparison.Ordinal)), 10, 13);
        Assert.InRange(bench.Server.RequestCount, 13, 17);
    }

    [Fact]
    public async Task A_histogram_that_fails_leaves_the_pages()
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 1_000 });
        bench.Options.Faults.Add(
            new FaultRule
            {
                Fault = Fault.Status(400, "bin is not known"),
                Times = int.MaxValue,
                When = r => r.Body.Contains("bin(", StringComparison.Ordinal)
            });
        var (events, verdict) = await bench.WalkAsync(bench.Request);

        bench.AssertAll(events);
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Contains(bench.Signals.Counts, c => c.Key == SignalKind.StrategyChosen);
    }

    [Fact]
    public async Task Events_that_arrive_while_windows_are_read_are_read_or_reported()
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 2_000, LateEvents = 5 });
        var (events, verdict) = await bench.WalkAsync(bench.Request);
        Assert.True(events.Count + verdict.Late == 2_000 || verdict.State != CompletenessState.Complete, verdict.Reason);
    }

    [Theory]
    [InlineData("json", false)]
    [InlineData("ndjson", true)]
    [InlineData("csv", false)]
    public async Task An_export_in_windows_that_broke_off_is_resumed_to_the_same_bytes(string ending, bool oldestFirst)
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 2_000, Ties = 300, CrowdSize = 150 }, retries: 0);
        var request = bench.Request with { OldestFirst = oldestFirst, Parallel = 3 };
        var expected = await RunAsync(bench, new ExportRequest(request, Target($"whole.{ending}")));
        Assert.Equal((CompletenessState.Complete, "Window"), (expected.Completeness.State, expected.Manifest.Strategy));
        var byPages = await RunAsync(bench, new ExportRequest(request with { Paging = AxiomPaging.Time }, Target($"pages.{ending}")));
        Assert.Equal(File.ReadAllBytes(_folder.In($"pages.{ending}")), File.ReadAllBytes(_folder.In($"whole.{ending}")));

        foreach (var broken in new[] { 1, 5, 12, 19 })
        {
            var (name, seen) = ($"broken{broken}.{ending}", 0);
            bench.Options.Faults.Clear();
            bench.Options.Faults.Add(
                new FaultRule
                {
                    Fault = Fault.Status(400, "down"),
                    Times = int.MaxValue,
                    When = r => r.Body.Contains("sort by", StringComparison.Ordinal) && Interlocked.Increment(ref seen) > broken
                });
            var first = await RunAsync(bench, new ExportRequest(request, Target(name)));
            Assert.Equal(CompletenessState.Incomplete, first.Completeness.State);

            bench.Options.Faults.Clear();
            var result = await RunAsync(bench, ExportRequest.Resuming(_folder.In(name), Systems.Restore));
            Assert.Equal(CompletenessState.Complete, result.Completeness.State);
            Assert.Equal(File.ReadAllBytes(_folder.In($"whole.{ending}")), File.ReadAllBytes(_folder.In(name)));
            Assert.True(ExportVerifier.Verify(result.ManifestPath!, null, default).IsValid);
        }
    }

    private static Task<ExportOutcome> RunAsync(AxiomBench bench, ExportRequest request) =>
        new ExportRun(bench.Connection, request, bench.Signals).RunAsync(default);

    private ExportTarget Target(string file) => new() { Path = _folder.In(file), Format = ExportFormats.FromPath(file, out _) };
}
