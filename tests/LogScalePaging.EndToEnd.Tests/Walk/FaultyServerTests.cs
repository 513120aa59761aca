using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Events;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>
/// Faults at any request of a walk. No event is lost or repeated, or the result is Incomplete. There is never a false success.
/// </summary>
public sealed class FaultyServerTests
{
    private const int Stride = 7;
    private const int WideStride = 33;

    private static readonly Dictionary<string, Fault> s_faults = new()
    {
        ["404"] = Fault.Status(404, "Not found"),
        ["429"] = Fault.TooManyRequests(0),
        ["500"] = Fault.Status(500, "Internal error"),
        ["502 html"] = Fault.Status(502, "<html>Bad gateway</html>", ("Content-Type", "text/html")),
        ["503"] = Fault.Status(503, "Busy"),
        ["reset before"] = Fault.ResetBefore,
        ["reset after"] = Fault.ResetAfter,
        ["cut early"] = Fault.CutBody(0.1),
        ["cut late"] = Fault.CutBody(0.99),
        ["hang"] = Fault.Hang,
        ["html"] = Fault.Html,
        ["expire"] = Fault.ExpireJob,
        ["cancelled"] = Fault.CancelledResult,
        ["empty with more"] = Fault.EmptyWithMore,
        ["wrong json"] = Fault.WrongJson,
        ["not done"] = Fault.NotDone,
    };

    public static TheoryData<string> Faults() => [.. s_faults.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task One_fault_at_every_position(string name)
    {
        var positions = await CountRequests();
        for (var position = 1; position <= positions; position++)
        {
            using var bench = Bench();
            bench.Server.Faults.Add(s_faults[name], nth: position);
            await WalkSafely(bench, $"{name} at request {position}");
            // A fault passes over requests on which it cannot show, and at the end there may be none left.
            Assert.True(bench.Server.Faults.FaultsInjected == 1 || position > positions - 5,
                $"{name} at request {position} did not happen");
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_that_never_ends_is_never_a_success(string name)
    {
        if (name == "not done")
            return; // a job that is never done is waited for, as a long query is
        for (var from = 1; from <= 7; from += 2)
        {
            using var bench = Bench(retries: 1);
            bench.Server.Faults.Add(s_faults[name], RequestKind.Poll, nth: from, times: int.MaxValue);
            var outcome = await bench.WalkAsync();
            AssertPrefix(bench, outcome, name);
            // Polls from the seventh on may be those of the last count alone: then the count before the walk proves the result.
            if (outcome.Error is null)
                Assert.Equal(900, outcome.Events.Count);
            else
                Assert.Equal(CompletenessState.Incomplete, outcome.Verdict.State);
            Assert.True(outcome.Error is not null || from >= 7, $"{name} from poll {from} went unnoticed");
        }
    }

    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    [InlineData(104)]
    [InlineData(105)]
    [InlineData(106)]
    public async Task Random_faults(int seed)
    {
        using var bench = Bench();
        var kinds = new[] { FaultKind.Status, FaultKind.ResetBefore, FaultKind.ResetAfter, FaultKind.CutBody, FaultKind.ExpireJob,
            FaultKind.CancelledResult, FaultKind.EmptyWithMore, FaultKind.WrongJson, FaultKind.NotDone };
        bench.Server.Options.Faults = FaultPlan.Random(seed, 0.15, kinds);
        await WalkSafely(bench, $"seed {seed}");
    }

    [Fact]
    public async Task A_broken_walk_has_a_checkpoint_from_which_another_continues()
    {
        using var bench = Bench(retries: 0);
        bench.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 5, times: int.MaxValue);
        var outcome = await bench.WalkAsync();
        Assert.NotNull(outcome.Error?.Checkpoint);
        Assert.True(outcome.Events.Count is > 0 and < 900);

        bench.Server.Faults.Clear();
        var rest = new List<string>();
        await using var search = new LogScaleSearch(bench.Connection, TestBench.Spec(), bench.Signals);
        search.ContinueFrom(new SearchResumption(outcome.Error.Checkpoint.Identity)
        {
            Expected = outcome.Verdict.ExpectedBefore,
            Received = outcome.Events.Count,
            Recall = take => outcome.Events.ForEach(e => take(LogScaleEvents.Parse(System.Text.Encoding.UTF8.GetBytes(e)))),
        });
        await foreach (var page in search.PagesAsync(outcome.Error.Checkpoint))
            rest.AddRange(page.Items.Select(e => e.ToString()));
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query), outcome.Events.Concat(rest));
        Assert.Equal(CompletenessState.Complete, (await search.JudgeAsync(default)).State);
    }

    [Fact]
    public async Task A_checkpoint_of_another_query_is_refused_with_both_values()
    {
        using var bench = Bench(retries: 0);
        bench.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 5, times: int.MaxValue);
        var checkpoint = (await bench.WalkAsync()).Error!.Checkpoint!;
        var spec = TestBench.Spec("#event_simpleName=DnsRequest");
        await using var search = new LogScaleSearch(bench.Connection, spec, bench.Signals);
        search.ContinueFrom(new SearchResumption(checkpoint.Identity with { Query = spec.Query }) { Expected = 1, Received = 1 });
        var refusal = await Assert.ThrowsAsync<CheckpointMismatchException>(async () =>
        {
            await foreach (var _ in search.PagesAsync(checkpoint))
            {
            }
        });
        Assert.Contains("ProcessRollup2", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("DnsRequest", refusal.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, int> FaultsOfSome()
    {
        var data = new TheoryData<string, int>();
        foreach (var (name, index) in s_faults.Keys.Select((name, index) => (name, index)))
            data.Add(name, index * 2);
        return data;
    }

    public static TheoryData<string, int> FaultsOfAll()
    {
        var data = new TheoryData<string, int>();
        foreach (var name in s_faults.Keys)
        {
            for (var first = 0; first < Stride; first++)
                data.Add(name, first);
        }
        return data;
    }

    /// <summary>
    /// Every so many requests of an export by windows, each fault from another first one on: together they meet all of them.
    /// </summary>
    [Theory]
    [MemberData(nameof(FaultsOfSome))]
    public Task One_fault_of_an_export_by_windows(string name, int first) => ExportDisturbedAsync(name, first, WideStride);

    [NightlyTheory]
    [MemberData(nameof(FaultsOfAll))]
    public Task One_fault_at_every_position_of_an_export_by_windows(string name, int first) => ExportDisturbedAsync(name, first, Stride);

    private static async Task ExportDisturbedAsync(string name, int first, int stride)
    {
        using var folder = new TemporaryFolder();
        var spec = TestBench.Spec() with { Strategy = SearchStrategy.Window, Parallel = 2 };
        for (long position = first + 1, last = position; position <= last; position += stride)
        {
            using var bench = Bench();
            bench.Server.Faults.Add(s_faults[name], nth: (int)position);
            var target = new ExportTarget { Path = folder.In($"{position}.ndjson"), Format = ExportFormat.NdJson };
            Task<ExportOutcome> RunAsync(bool resume) =>
                new ExportRun(bench.Connection, new ExportRequest(spec, target) { Resume = resume }, bench.Signals).RunAsync(default);
            ExportOutcome result;
            try
            {
                result = await RunAsync(resume: false);
                last = bench.Server.RequestCount;
                // A 404 to a create request is a repository that is missing: what came is kept, and can be gone on with.
                if (name == "404" && result.Completeness.State == CompletenessState.Incomplete)
                    result = await RunAsync(resume: true);
            }
            catch (PagingException e) when (name == "404" && e.Message.Contains("repository", StringComparison.Ordinal))
            {
                last = Math.Max(last, position + stride);
                continue;
            }
            Assert.True(result.Completeness.State == CompletenessState.Complete, $"{name} at request {position}: {result.Completeness}");
            Assert.True(bench.Server.Events.Matching(TestBench.Query).SequenceEqual(await File.ReadAllLinesAsync(target.Path)),
                $"{name} at request {position}: {result.Manifest.Counts.Written} events");
            AssertNoJobLeft(bench, bench.Server.LiveJobCount, $"{name} at request {position}");
        }
    }

    private static TestBench Bench(int retries = 6)
    {
        var options = new SimulatorOptions { AroundRepeatsAnchor = true, AroundHasMore = AroundHasMoreMode.AlwaysFalse, MaxTail = 100 };
        return new TestBench(options,
            o => o with { MaxRetryCount = retries, Timeout = TimeSpan.FromSeconds(20), Time = new FastTimeProvider(40) }).Fill(900,
                crowd: 250);
    }

    private static async Task<int> CountRequests()
    {
        using var bench = Bench();
        await bench.WalkAsync();
        return (int)bench.Server.RequestCount;
    }

    private static async Task WalkSafely(TestBench bench, string what)
    {
        var outcome = await bench.WalkAsync();
        AssertPrefix(bench, outcome, what);
        if (outcome.Error is not null)
        {
            Assert.True(outcome.Verdict.State == CompletenessState.Incomplete, what);
            return;
        }
        var truth = bench.Server.Events.Matching(TestBench.Query);
        Assert.True(truth.SequenceEqual(outcome.Events),
            $"{what}: {outcome.Events.Count} of {truth.Count} events\n{string.Join("\n", bench.Server.Faults.Log)}");
        Assert.True(outcome.Verdict.State == CompletenessState.Complete, $"{what}: {outcome.Verdict}");
    }

    // What was read is a true beginning of the result, and no job is left but those whose create answer was lost, which were named.
    private static void AssertPrefix(TestBench bench, WalkOutcome outcome, string what)
    {
        var truth = bench.Server.Events.Matching(TestBench.Query);
        Assert.True(truth.Take(outcome.Events.Count).SequenceEqual(outcome.Events),
            $"{what}: what was read is not the beginning of the result");
        AssertNoJobLeft(bench, outcome.JobsLeft, what);
    }

    private static void AssertNoJobLeft(TestBench bench, int left, string what)
    {
        // A 404 to a delete says that the job is gone. A client cannot know that this answer is wrong.
        var denied = bench.Server.Requests.Count(r => r.Kind == RequestKind.Delete && r.Fault is { StatusCode: 404 });
        Assert.True(left <= bench.Signals.CountOf(SignalKind.JobOrphaned) + denied,
            $"{what}: {left} jobs left, {bench.Signals.CountOf(SignalKind.JobOrphaned)} named\n{string.Join("\n", bench.Server.Requests)}");
    }
}
