using System.Globalization;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>Queries that compare events, read the clock or change the time give what one evaluation over the whole range gives.</summary>
public sealed class UncutQueryTests : IDisposable
{
    private const string SelfJoin = "* | selfJoinFilter(aid, where=[{#event_simpleName=ProcessRollup2}, {#event_simpleName=DnsRequest}])";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(100, false, "Stream")]
    [InlineData(100, true, "Around")]
    [InlineData(10_000, false, "OneJob")]
    [InlineData(10_000, true, "OneJob")]
    public async Task Events_that_are_compared_are_compared_over_the_whole_range(int maxTail, bool pipeline, string strategy)
    {
        using var bench = Bench(new SimulatorOptions { BufferSize = 300, MaxTail = maxTail });
        var truth = Truth(bench, SelfJoin);
        Assert.Equal(2_400, truth.Count);
        var (lines, verdict, used) = pipeline
            ? await WalkAsync(bench, Spec(SelfJoin))
            : await ExportAsync(bench, "joined.ndjson", Spec(SelfJoin));
        Assert.Equal(strategy, used.Name);
        Assert.Contains("selfJoinFilter() compares events with each other", used.Reason, StringComparison.Ordinal);
        Assert.Equal(truth, lines);
        Assert.True(verdict.State == CompletenessState.Complete, verdict.ToString());
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Windows_that_the_user_requests_give_a_warning_and_are_never_complete(bool pipeline)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 100 });
        var spec = Spec("* | s := start()") with { Strategy = SearchStrategy.Window };
        var (lines, verdict, used) = pipeline ? await WalkAsync(bench, spec) : await ExportAsync(bench, "forced.ndjson", spec);
        Assert.Equal(("Window", 3_000), (used.Name, lines.Count));
        Assert.True(lines.Select(l => Field(l, "s")).Distinct().Count() > 1, "each window has another start");
        Assert.Equal(CompletenessState.Unverified, verdict.State);
        Assert.Contains("although start() reads the time range of the job", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains(bench.Signals.Warnings, w => w.Message.Contains("although start() reads the time range", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SearchStrategy.Auto, 10_000, "OneJob")]
    [InlineData(SearchStrategy.Auto, 100, "Stream")]
    [InlineData(SearchStrategy.Stream, 10_000, "Stream")]
    [InlineData(SearchStrategy.Around, 10_000, "Around")]
    public async Task The_ends_of_the_range_are_the_same_for_every_event(SearchStrategy asked, int maxTail, string strategy)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = maxTail });
        var (lines, verdict, used) = await ExportAsync(bench, "start.ndjson", Spec("* | s := start()") with { Strategy = asked });
        Assert.Equal((strategy, 3_000), (used.Name, lines.Count));
        Assert.Single(lines.Select(l => Field(l, "s")).Distinct());
        Assert.True(verdict.State == CompletenessState.Complete, verdict.ToString());
    }

    [Theory]
    [InlineData(SearchStrategy.Auto, CompletenessState.Complete)]
    [InlineData(SearchStrategy.Stream, CompletenessState.Complete)]
    [InlineData(SearchStrategy.Around, CompletenessState.Unverified)]
    public async Task The_clock_is_read_once_or_the_result_is_not_verified(SearchStrategy asked, CompletenessState state)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        var (lines, verdict, _) = await ExportAsync(bench, "now.ndjson", Spec("* | n := now()") with { Strategy = asked });
        Assert.Equal((3_000, state), (lines.Count, verdict.State));
        if (state == CompletenessState.Complete)
            Assert.Single(lines.Select(l => Field(l, "n")).Distinct());
        Assert.Equal(state == CompletenessState.Unverified, verdict.Reason.Contains("now() reads the clock", StringComparison.Ordinal));
        Assert.Equal(state == CompletenessState.Unverified,
            bench.Signals.Warnings.Any(w => w.Message.Contains("now() reads the clock", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(SearchStrategy.Auto, false)]
    [InlineData(SearchStrategy.Auto, true)]
    [InlineData(SearchStrategy.Around, true)]
    public async Task Events_whose_time_the_query_moves_out_of_the_range_are_kept(SearchStrategy asked, bool pipeline)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        var spec = Spec("* | @timestamp := @timestamp - 7200000000") with { Strategy = asked };
        var (lines, verdict, used) = pipeline ? await WalkAsync(bench, spec) : await ExportAsync(bench, "moved.ndjson", spec);
        Assert.Equal("OneJob", used.Name);
        Assert.Equal(Truth(bench, spec.Query), lines);
        Assert.True(verdict.State == CompletenessState.Complete, verdict.ToString());
    }

    [Theory]
    [InlineData("* | select([n])", 1_000, "OneJob")]
    [InlineData("* | select([n])", 3_000, "OneJob")]
    [InlineData("* | select([@timestamp, n])", 1_000, "Single")]
    [InlineData("* | select([@timestamp, n])", 3_000, "Single")]
    public async Task Rows_without_an_id_are_returned_and_the_result_is_unverified(string query, int count, string strategy)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 }, count);
        var (lines, verdict, used) = await ExportAsync(bench, "rows.ndjson", Spec(query));
        Assert.Equal(strategy, used.Name);
        Assert.Equal(Truth(bench, query), lines);
        Assert.Equal(CompletenessState.Unverified, verdict.State);
        Assert.Contains("@id in select()", verdict.Reason, StringComparison.Ordinal);
        var (walked, _, _) = await WalkAsync(bench, Spec(query));
        Assert.Equal(lines, walked);
    }

    [Theory]
    [InlineData(EventOrder.NewestFirst)]
    [InlineData(EventOrder.OldestFirst)]
    public async Task One_job_has_the_same_order_as_every_other_strategy(EventOrder order)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000, TailOrder = order });
        bench.Server.Events.Add(Enumerable.Range(20_000, 5_000).Select(i => Event(i, TestBench.Newest - 500, "ProcessRollup2", 1)));
        var (lines, verdict, used) = await ExportAsync(bench, "ordered.ndjson", Spec(SelfJoin));
        Assert.Equal(("OneJob", CompletenessState.Complete), (used.Name, verdict.State));
        Assert.Equal(Truth(bench, SelfJoin), lines);
    }

    [Theory]
    [InlineData(1_234, 10_000, "OneJob")]
    [InlineData(2_399, 10_000, "OneJob")]
    [InlineData(5_000, 10_000, "OneJob")]
    [InlineData(1_234, 100, "Stream")]
    public async Task A_limit_gives_the_newest_of_one_evaluation(int limit, int maxTail, string strategy)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = maxTail });
        var (lines, verdict, used) = await ExportAsync(bench, "few.ndjson", Spec(SelfJoin) with { MaxEvents = limit });
        Assert.Equal((strategy, CompletenessState.Complete), (used.Name, verdict.State));
        Assert.Equal(Truth(bench, SelfJoin).Take(limit), lines);
        var (walked, _, _) = await WalkAsync(bench, Spec(SelfJoin) with { MaxEvents = limit });
        Assert.Equal(lines, walked);
    }

    [Theory]
    [InlineData(false, "Stream")]
    [InlineData(true, "Around")]
    public async Task A_result_that_no_longer_fits_one_job_is_read_in_another_way(bool pipeline, string strategy)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        // More than fit come between the count and the job, behind what the first answer held.
        var isGrown = false;
        bench.Server.RequestHandled += r =>
        {
            if (isGrown || r.Kind != RequestKind.Create || !r.Body.Contains("tail(10000)", StringComparison.Ordinal))
                return;
            isGrown = true;
            bench.Server.Events.Add(Enumerable.Range(20_000, 8_000).Select(i => Event(i, TestBench.Newest - 14_000, "ProcessRollup2", 1)));
        };
        var (lines, _, used) = pipeline
            ? await WalkAsync(bench, Spec(SelfJoin, pageSize: 2_000))
            : await ExportAsync(bench, "grown.ndjson", Spec(SelfJoin));
        Assert.Equal(strategy, used.Name);
        Assert.Contains("instead of one job", used.Reason, StringComparison.Ordinal);
        Assert.Equal(Truth(bench, SelfJoin), lines);
        Assert.Equal(10_400, lines.Count);
    }

    [Theory]
    [InlineData(FaultKind.Status)]
    [InlineData(FaultKind.CancelledResult)]
    public async Task One_job_that_the_server_refuses_over_the_whole_range_is_replaced(FaultKind how)
    {
        using var bench = new TestBench(new SimulatorOptions { MaxTail = 10_000 }, o => o with { MaxRetryCount = 1 });
        Fill(bench, 3_000);
        bench.Server.Faults.Add(how == FaultKind.Status
            ? new FaultRule
            {
                Fault = Fault.Status(400, "too much for one query"),
                Kind = RequestKind.Create,
                Times = int.MaxValue,
                When = r => IsTail(r.Body) && bench.Server.Jobs.Any(j => IsTail(j.QueryString))
            }
            : new FaultRule
            {
                Fault = Fault.CancelledResult,
                Kind = RequestKind.Poll,
                Times = int.MaxValue,
                When = r => bench.Server.Jobs.Any(
                    j => r.Path.Contains(j.Id, StringComparison.Ordinal) && IsTail(j.QueryString) && j.EndMs - j.StartMs > 3_600_000)
            });
        var (lines, verdict, used) = await ExportAsync(bench, "refused.ndjson", Spec(SelfJoin));
        Assert.Equal(("Stream", CompletenessState.Complete), (used.Name, verdict.State));
        Assert.Contains(how == FaultKind.Status ? "too much for one query" : "cancelled", used.Reason, StringComparison.Ordinal);
        Assert.Equal(Truth(bench, SelfJoin), lines);

        static bool IsTail(string query) => query.Contains("tail(", StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_complete_job_is_not_read_again_when_the_export_is_resumed()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        await ExportAsync(bench, "whole.ndjson", Spec(SelfJoin));
        using var stop = new CancellationTokenSource();
        var isRead = false;
        bench.Server.RequestHandled += r =>
        {
            isRead |= r.Kind == RequestKind.Create && r.Body.Contains("tail(10000)", StringComparison.Ordinal);
            if (isRead && r.Kind == RequestKind.Create && r.Body.Contains("count()", StringComparison.Ordinal))
                stop.Cancel();
        };
        var target = Target("again.ndjson");
        var broken = await new ExportRun(bench.Connection, new ExportRequest(Spec(SelfJoin), target), bench.Signals).RunAsync(stop.Token);
        Assert.True(broken.Interrupted);
        Assert.Equal(2_400, broken.Completeness.Received);
        bench.Server.Reset();
        var resumed = await new ExportRun(bench.Connection, new ExportRequest(Spec(SelfJoin), target) { Resume = true },
            new SignalLog()).RunAsync(default);
        Assert.Equal(CompletenessState.Complete, resumed.Completeness.State);
        Assert.DoesNotContain(bench.Server.Jobs, j => j.QueryString.Contains("tail(", StringComparison.Ordinal));
        Assert.Equal(await File.ReadAllBytesAsync(_folder.In("whole.ndjson")), await File.ReadAllBytesAsync(_folder.In("again.ndjson")));
    }

    [Fact]
    public async Task Windows_that_were_asked_for_stay_unverified_when_the_export_is_resumed()
    {
        using var bench = new TestBench(new SimulatorOptions { MaxTail = 100 }, o => o with { MaxRetryCount = 0 }).Fill(3_000);
        var spec = Spec("* | s := start()") with { Strategy = SearchStrategy.Window };
        var creates = 0;
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(500, "no"),
            Kind = RequestKind.Create,
            Times = int.MaxValue,
            When = _ => Interlocked.Increment(ref creates) > 12
        });
        var broken = await new ExportRun(bench.Connection, new ExportRequest(spec, Target("forced.ndjson")),
            new SignalLog()).RunAsync(default);
        Assert.Equal(CompletenessState.Incomplete, broken.Completeness.State);
        bench.Server.Faults.Clear();
        var resumed = await new ExportRun(bench.Connection,
            new ExportRequest(spec with { Strategy = SearchStrategy.Auto }, Target("forced.ndjson")) { Resume = true },
            new SignalLog()).RunAsync(default);
        Assert.Equal((CompletenessState.Unverified, 3_000), (resumed.Completeness.State, resumed.Completeness.Received));
        Assert.Contains("although start() reads the time range", resumed.Manifest.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_a_default_limit_may_have_cut_is_warned_of()
    {
        using var bench = Bench(new SimulatorOptions());
        var (lines, verdict, _) = await WalkAsync(bench, Spec("* | sort(n)"));
        Assert.Equal((200, CompletenessState.Unverified), (lines.Count, verdict.State));
        Assert.Contains(bench.Signals.Warnings, w => w.Message.Contains("sort() returns 200 rows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("*", SearchStrategy.Window)]
    [InlineData("*", SearchStrategy.Around)]
    [InlineData("*", SearchStrategy.Stream)]
    [InlineData(SelfJoin, SearchStrategy.Auto)]
    public async Task Every_job_and_a_later_count_have_the_time_zone_of_the_search(string query, SearchStrategy strategy)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        var spec = Spec(query) with { Strategy = strategy, TimeZone = "Europe/Berlin" };
        var result = await new ExportRun(bench.Connection, new ExportRequest(spec, Target("zone.ndjson")), bench.Signals).RunAsync(default);
        Assert.True(
            (await ExportRecount.CountAsync(bench.Connection, ExportManifest.Load(result.ManifestPath!), bench.Signals, default)).Passed);
        Assert.All(
            bench.Server.Requests.Where(r => r.Kind is RequestKind.Create or RequestKind.Query),
            r => Assert.Contains("\"timeZone\":\"Europe/Berlin\"", r.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_export_is_not_resumed_in_another_time_zone()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 });
        using var stop = new CancellationTokenSource();
        bench.Server.RequestHandled += r =>
        {
            if (r.Number > 40)
                stop.Cancel();
        };
        var spec = Spec("*") with { Strategy = SearchStrategy.Around, TimeZone = "Europe/Berlin" };
        Assert.True(
            (await new ExportRun(bench.Connection, new ExportRequest(spec, Target("zone.ndjson")), bench.Signals).RunAsync(
                stop.Token)).Interrupted);
        var other = new ExportRequest(spec with { TimeZone = "UTC" }, Target("zone.ndjson")) { Resume = true };
        var refused = await Assert.ThrowsAsync<CheckpointMismatchException>(
            () => new ExportRun(bench.Connection, other, new SignalLog()).RunAsync(default));
        Assert.Contains("time zone", refused.Message, StringComparison.Ordinal);
        Assert.Equal(CompletenessState.Complete,
            (await new ExportRun(bench.Connection, other with { Search = spec }, new SignalLog()).RunAsync(default)).Completeness.State);
    }

    // The two kinds of events that make a pair lie half the range apart; a fifth of the pairs is not one.
    private static TestBench Bench(SimulatorOptions options, int count = 3_000)
    {
        var bench = new TestBench(options, o => o with { ThrottleLimit = 16, Timeout = TimeSpan.FromSeconds(60) });
        Fill(bench, count);
        return bench;
    }

    private static void Fill(TestBench bench, int count)
    {
        var half = count / 2;
        bench.Server.Events.Add(Enumerable.Range(0, count).Select(i =>
            Event(i, TestBench.Newest - (i * 10L), i < half ? "ProcessRollup2" : i % half % 5 == 0 ? "Other" : "DnsRequest", i % half)));
    }

    private static string Event(int number, long timestamp, string name, int aid) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"@id":"e{{number}}","@timestamp":{{timestamp}},"@ingesttimestamp":"{{timestamp + 5}}","#event_simpleName":"{{name}}","aid":"a{{aid}}","n":"{{number}}"}""");

    private static SearchSpec Spec(string query, int pageSize = 200) =>
        TestBench.Spec(query, pageSize) with { Strategy = SearchStrategy.Auto };

    private static IReadOnlyList<string> Truth(TestBench bench, string query) => bench.Server.Events.Matching(query);

    private static string? Field(string line, string name) =>
        System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty(name).GetString();

    private ExportTarget Target(string file) => new() { Path = _folder.In(file), Format = ExportFormat.NdJson };

    private async Task<(IReadOnlyList<string> Lines, Completeness Verdict,
        (string Name, string Reason) Strategy)> ExportAsync(TestBench bench, string file, SearchSpec spec)
    {
        var result = await new ExportRun(bench.Connection, new ExportRequest(spec, Target(file)), bench.Signals).RunAsync(default);
        return (File.ReadAllLines(_folder.In(file)), result.Completeness, (result.Manifest.Strategy, result.Manifest.StrategyReason!));
    }

    private static async Task<(IReadOnlyList<string> Lines, Completeness Verdict,
        (string Name, string Reason) Strategy)> WalkAsync(TestBench bench, SearchSpec spec)
    {
        await using var search = new LogScaleSearch(bench.Connection, spec, bench.Signals);
        var lines = new List<string>();
        await foreach (var page in search.PagesAsync())
            lines.AddRange(page.Items.Select(e => e.ToString()));
        return (lines, await search.JudgeAsync(default), (search.Plan!.Strategy, search.Plan.Reason));
    }
}
