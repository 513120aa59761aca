using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>Windows return every event once and in order, for an uneven day and every setting of the server.</summary>
public sealed class WindowWalkTests : IDisposable
{
    private const long Newest = TestBench.Newest;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(EventOrder.NewestFirst)]
    [InlineData(EventOrder.OldestFirst)]
    public async Task A_server_that_refuses_tail_gets_windows_of_its_default_buffer(EventOrder order)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 100, TailOrder = order }).Fill(3_000, crowd: 450);
        var result = await Export(bench, "events.ndjson", strategy: SearchStrategy.Window);
        AssertWhole(bench, result, "events.ndjson");
        Assert.Equal("Window", result.Manifest.Strategy);
    }

    [Fact]
    public async Task Around_windows_and_pipeline_give_the_same_bytes()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        SkewedDay(bench, 12_000);
        AssertWhole(bench, await Export(bench, "window.ndjson", strategy: SearchStrategy.Window), "window.ndjson");
        AssertWhole(bench, await Export(bench, "around.ndjson", strategy: SearchStrategy.Around), "around.ndjson");
        Assert.Equal(await File.ReadAllBytesAsync(_folder.In("around.ndjson")), await File.ReadAllBytesAsync(_folder.In("window.ndjson")));
        var outcome = await bench.WalkAsync(Spec(8, SearchStrategy.Window));
        Assert.Null(outcome.Error);
        Assert.Equal(File.ReadAllLines(_folder.In("window.ndjson")), outcome.Events);
        Assert.Equal(CompletenessState.Complete, outcome.Verdict.State);
        Assert.Equal(0, outcome.JobsLeft);
    }

    [Fact]
    public async Task A_stream_gives_the_same_bytes()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        SkewedDay(bench, 12_000);
        var result = await Export(bench, "stream.ndjson", strategy: SearchStrategy.Stream);
        AssertWhole(bench, result, "stream.ndjson");
        Assert.Equal("Stream", result.Manifest.Strategy);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(11_999)]
    [InlineData(12_000)]
    [InlineData(12_001)]
    public async Task A_stream_is_read_as_far_as_its_events_are_wanted(int limit)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        SkewedDay(bench, 12_000);
        await Export(bench, "whole.ndjson", strategy: SearchStrategy.Stream);
        var whole = bench.Connection.Transport.Counters.BytesReceived;
        var spec = Spec(8, SearchStrategy.Stream) with { MaxEvents = limit };
        var result = await new ExportRun(bench.Connection, new ExportRequest(spec, Target("some.ndjson")), bench.Signals).RunAsync(default);
        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        Assert.Equal("Stream", result.Manifest.Strategy);
        Assert.Equal(File.ReadLines(_folder.In("whole.ndjson")).Take(limit), File.ReadLines(_folder.In("some.ndjson")));
        if (limit <= 1_000)
            Assert.InRange(bench.Connection.Transport.Counters.BytesReceived - whole, 1, whole / 2);
        Assert.True(ExportVerifier.Verify(_folder.In("some.ndjson"), null, default).IsValid);
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("missing")]
    [InlineData("reset")]
    public async Task A_stream_that_breaks_is_replaced_by_windows(string how)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        SkewedDay(bench, 12_000);
        bench.Server.Faults.Add(how switch
        {
            "cut" => Fault.CutBody(0.7),
            "reset" => Fault.ResetAfter,
            _ => Fault.Status(404, "no such endpoint")
        }, RequestKind.Query);
        var result = await Export(bench, "stream.ndjson", strategy: SearchStrategy.Stream);
        AssertWhole(bench, result, "stream.ndjson");
        Assert.Equal("Window", result.Manifest.Strategy);
        Assert.Contains("instead of a stream", result.Manifest.StrategyReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_that_cannot_be_read_is_named_and_a_resumption_reads_it()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 }, retries: 1);
        SkewedDay(bench, 60_000);
        var plan = (await Export(bench, "plan.ndjson")).Manifest;
        Assert.Equal(CompletenessState.Complete.ToString(), plan.State);
        var victim = bench.Server.Jobs.First(
            j => j.QueryString.Contains("tail(10000)", StringComparison.Ordinal) && j.EndMs < TestBench.Newest - 20_000_000);
        bench.Server.Faults.Add(
            new FaultRule
            {
                Fault = Fault.Status(500, "broken node"),
                Kind = RequestKind.Create,
                Times = int.MaxValue,
                When = r => r.Body.Contains($"\"end\":{victim.EndMs},", StringComparison.Ordinal)
                    && r.Body.Contains("tail(", StringComparison.Ordinal)
            });
        var broken = await Export(bench, "events.ndjson");
        Assert.Equal(CompletenessState.Incomplete, broken.Completeness.State);
        var missing = Assert.Single(broken.Manifest.MissingRanges);
        Assert.Equal(victim.EndMs, missing.End);
        Assert.Contains("broken node", broken.Completeness.Reason, StringComparison.Ordinal);
        var fetched = broken.Manifest.Counts.Received;
        Assert.True(fetched > 30_000, $"the other windows went on: {fetched}");

        bench.Server.Faults.Clear();
        bench.Server.Reset();
        AssertWhole(bench, await Export(bench, "events.ndjson", resume: true), "events.ndjson");
        Assert.True(bench.Server.Jobs.Count(j => j.QueryString.Contains("tail(", StringComparison.Ordinal)) <= 2,
            "only what was missing is fetched again");
        Assert.Equal(await File.ReadAllBytesAsync(_folder.In("plan.ndjson")), await File.ReadAllBytesAsync(_folder.In("events.ndjson")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Needed_fields_are_requested(bool dense)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        SkewedDay(bench, 12_000);
        if (dense)
            bench.Server.Events.Add(Enumerable.Range(50_000, 10_200).Select(i => TestBench.Event(i, Newest - 5_000)));
        var target = Target("few.ndjson") with { Property = ["n", "#event_simpleName", "no such field"] };
        var result = await new ExportRun(bench.Connection, new ExportRequest(Spec(4, SearchStrategy.Window), target),
            bench.Signals).RunAsync(default);
        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        var truth = bench.Server.Events.Matching(TestBench.Query).Select(e => System.Text.Json.JsonDocument.Parse(e).RootElement);
        Assert.Equal(truth.Select(e => $$"""{"n":"{{e.GetProperty("n").GetString()}}","#event_simpleName":"ProcessRollup2"}"""),
            File.ReadAllLines(_folder.In("few.ndjson")));
        Assert.Contains(bench.Server.Jobs,
            j => j.QueryString.Contains(
                "select([n, #event_simpleName, \"no such field\", @timestamp, @id, @ingesttimestamp])\n| tail(10000)",
                StringComparison.Ordinal));
        Assert.True(ExportVerifier.Verify(_folder.In("few.ndjson"), null, default).IsValid);
    }

    [Fact]
    public async Task The_server_can_be_asked_again()
    {
        using var bench = Bench(new SimulatorOptions()).Fill(900);
        var manifest = (await Export(bench, "events.ndjson")).Manifest;
        Assert.True((await ExportRecount.CountAsync(bench.Connection, manifest, bench.Signals, default)).Passed);
        bench.Server.Events.Add(TestBench.Event(99_999, Newest - 5));
        var now = await ExportRecount.CountAsync(bench.Connection, manifest, bench.Signals, default);
        Assert.Equal((false, "901", "900"), (now.Passed, now.Expected, now.Actual));
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    [Theory]
    [InlineData(SearchStrategy.Around, 8)]
    [InlineData(SearchStrategy.Window, 8)]
    [InlineData(SearchStrategy.Window, 32)]
    public async Task A_rate_limit_is_held_without_a_failure(SearchStrategy strategy, int workers)
    {
        // Server and client share a clock: twenty requests a second of it.
        var time = new FastTimeProvider(10);
        var options = new SimulatorOptions { RateLimitPerSecond = 20, MaxTail = 100, TimeProvider = time };
        using var bench = new TestBench(options, o => o with { ThrottleLimit = 32, Time = time }).Fill(6_000, crowd: 100);
        var result = await Export(bench, "events.ndjson", workers, strategy);
        AssertWhole(bench, result, "events.ndjson");
        Assert.Equal(0, bench.Signals.CountOf(SignalKind.WindowFailed) + bench.Signals.CountOf(SignalKind.JobOrphaned)
            + bench.Signals.CountOf(SignalKind.JobRecreated));
        Assert.InRange(bench.Server.PeakJobCount, 1, workers);
        Assert.All(bench.Server.Jobs, job => Assert.True(job.IsDeleted, job.ToString()));
        // Refusals are how a server tells its limit; one for every three answers would be a storm.
        var refused = bench.Server.Requests.Count(r => r.Status == 429);
        Assert.InRange(refused, 0, bench.Server.RequestCount / 4);
    }

    [Fact]
    public async Task A_limit_is_exact_and_fetches_no_more_windows_than_it_needs()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        SkewedDay(bench, 60_000);
        var spec = Spec(4, SearchStrategy.Window) with { MaxEvents = 1_234 };
        var truth = bench.Server.Events.Matching(TestBench.Query).Take(1_234).ToList();
        Assert.Equal(truth, (await bench.WalkAsync(spec)).Events);
        var target = new ExportTarget { Path = _folder.In("few.ndjson"), Format = ExportFormat.NdJson };
        var result = await new ExportRun(bench.Connection, new ExportRequest(spec, target), bench.Signals).RunAsync(default);
        Assert.Equal(truth, File.ReadAllLines(_folder.In("few.ndjson")));
        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    [Fact]
    public async Task Leaving_the_pages_early_leaves_no_job()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        SkewedDay(bench, 20_000);
        await using (var search = new LogScaleSearch(bench.Connection, Spec(8, SearchStrategy.Window), bench.Signals))
        {
            await foreach (var page in PageStream.Prefetch(token => search.PagesAsync(null, token)))
            {
                Assert.NotEmpty(page.Items);
                break;
            }
        }
        Assert.True(bench.Server.LiveJobCount <= bench.Signals.CountOf(SignalKind.JobOrphaned));
    }

    [Theory]
    [InlineData("#event_simpleName=ProcessRollup2 | select([n])", "no @timestamp")]
    [InlineData("#event_simpleName=ProcessRollup2 | sort(n)", "aggregate")]
    public async Task A_query_that_cannot_be_cut_is_not_cut_and_the_reason_is_shown(string query, string reason)
    {
        using var bench = Bench(new SimulatorOptions()).Fill(1_500);
        await using var asked = new LogScaleSearch(bench.Connection,
            new SearchSpec(query) { Start = QueryTime.Parse("1d"), Strategy = SearchStrategy.Window }, bench.Signals);
        await asked.OpenAsync(toFile: true, default);
        Assert.Contains(reason, asked.Plan!.Reason, StringComparison.Ordinal);
        Assert.False(asked.Plan.IsParallel);
    }

    [Theory]
    [InlineData("sort(n)", CompletenessState.Unverified)]
    [InlineData("table([n])", CompletenessState.Unverified)]
    [InlineData("sort(n, limit=200)", CompletenessState.Complete)]
    [InlineData("sort(n, limit=2000)", CompletenessState.Complete)]
    public async Task Two_hundred_rows_of_a_function_with_a_default_limit_are_not_complete(string function, CompletenessState state)
    {
        using var bench = Bench(new SimulatorOptions()).Fill(1_500);
        await using var search = new LogScaleSearch(bench.Connection,
            new SearchSpec($"{TestBench.Query} | {function}") { Start = QueryTime.Parse("1d") }, bench.Signals);
        var rows = 0;
        await foreach (var page in search.PagesAsync(null, default))
            rows += page.Items.Count;
        var verdict = await search.JudgeAsync(default);
        Assert.Equal(function.Contains("2000", StringComparison.Ordinal) ? 1_500 : 200, rows);
        Assert.Equal(state, verdict.State);
        Assert.Equal(state == CompletenessState.Unverified, verdict.Reason.Contains("returns 200 rows", StringComparison.Ordinal));
    }

    private static TestBench Bench(SimulatorOptions options, int retries = 6) =>
        new(options,
            o => o with
            {
                MaxRetryCount = retries,
                ThrottleLimit = 16,
                Timeout = TimeSpan.FromSeconds(60),
                Time = new FastTimeProvider(40)
            });

    private static void SkewedDay(TestBench bench, int count)
    {
        bench.Server.Events.Add(Support.SkewedDay.Events(count, second: count * 15 / 100, instant: count / 40));
        bench.Server.Events.Add(Support.SkewedDay.Events(count / 10, second: count / 70, instant: count / 400, "DnsRequest"));
    }

    private void AssertWhole(TestBench bench, ExportOutcome result, string file)
    {
        var truth = bench.Server.Events.Matching(TestBench.Query);
        var lines = File.ReadAllLines(_folder.In(file));
        Assert.Equal(truth.Count, lines.Length);
        Assert.True(truth.SequenceEqual(lines), "the order differs");
        Assert.True(result.Completeness.State == CompletenessState.Complete, result.Completeness.ToString());
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    private ExportTarget Target(string file) => new() { Path = _folder.In(file), Format = ExportFormat.NdJson };

    private static SearchSpec Spec(int workers, SearchStrategy strategy) =>
        TestBench.Spec() with { Parallel = workers, Strategy = strategy };

    private Task<ExportOutcome> Export(TestBench bench, string file, int workers = 8, SearchStrategy strategy = SearchStrategy.Auto,
        bool resume = false) =>
        new ExportRun(bench.Connection, new ExportRequest(Spec(workers, strategy), Target(file)) { Resume = resume },
            bench.Signals).RunAsync(default);
}
