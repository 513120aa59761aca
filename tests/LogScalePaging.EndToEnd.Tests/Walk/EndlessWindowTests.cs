using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>If a server says of every window that it has more events than fit, the range is not split without end.</summary>
public sealed class EndlessWindowTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    public static TheoryData<int, bool> Servers() => new() { { 200_000, false }, { 200_000, true }, { 10_000, false }, { 10_000, true } };

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Windows_that_always_have_more_are_read_when_their_rows_are_those_that_are_counted(int buffer, bool noVerify)
    {
        using var bench = Bench(buffer);
        bench.Plan.Add(AnswerFaultKind.HasMoreTrue, on: AnswerKinds.Tail);
        foreach (var run in await RunAsync(bench, noVerify))
        {
            Assert.True(run.IsExactly(bench.Truth()), run.ToString());
            Assert.Equal(noVerify ? CompletenessState.Unverified : CompletenessState.Complete, run.State);
            AssertJobs(bench, 10);
        }
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Windows_that_say_they_are_full_are_read_up_to_their_count(int buffer, bool noVerify)
    {
        using var bench = Bench(buffer);
        bench.Plan.Add(new AnswerFault(AnswerFaultKind.EventCountOff, buffer - 3_000) { On = AnswerKinds.Tail, When = IsWhole });
        foreach (var run in await RunAsync(bench, noVerify))
        {
            Assert.True(run.IsExactly(bench.Truth()), run.ToString());
            // The rows agree with the count, and the answer with neither.
            Assert.Equal(CompletenessState.Unverified, run.State);
            AssertJobs(bench, 14);
        }
    }

    [Fact]
    public async Task A_window_that_has_more_than_was_planned_is_read_by_its_count()
    {
        using var bench = Bench(10_000);
        bench.Plan.Add(AnswerFaultKind.HasMoreTrue, on: AnswerKinds.Tail);
        bench.Plan.Add(AnswerFaultKind.HistogramOff, 50);
        foreach (var run in await RunAsync(bench, noVerify: false))
        {
            Assert.True(run.IsExactly(bench.Truth()), run.ToString());
            Assert.Equal(CompletenessState.Complete, run.State);
            // Seven of them look at the histogram more closely.
            AssertJobs(bench, 24);
        }
    }

    [Fact]
    public async Task Windows_full_of_events_that_are_not_counted_are_walked()
    {
        using var bench = Bench(10_000);
        bench.Plan.Add(AnswerFaultKind.InventedRows, 10_000, AnswerKinds.Tail);
        foreach (var run in await RunAsync(bench, noVerify: false))
        {
            Assert.True(run.IsExactly(bench.Truth()), run.ToString());
            Assert.Equal(CompletenessState.Complete, run.State);
            // 15 pages of 200 events.
            AssertJobs(bench, 40);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Endless_events_in_the_walk_are_an_error(bool noVerify)
    {
        using var bench = Bench(10_000);
        bench.Plan.Add(AnswerFaultKind.InventedRows, 10_000, AnswerKinds.Tail | AnswerKinds.Around);
        foreach (var run in await RunAsync(bench, noVerify))
        {
            // An export that keeps nothing has no verdict.
            Assert.True(run.State is null or CompletenessState.Incomplete, run.ToString());
            Assert.Contains("because it might not end", run.Error!.Message, StringComparison.Ordinal);
            AssertJobs(bench, 300);
        }
    }

    [Fact]
    public async Task Without_a_plan_and_a_count_the_error_says_what_the_server_did()
    {
        using var bench = Bench(10_000);
        bench.Plan.Add(AnswerFaultKind.InventedRows, 10_000, AnswerKinds.Tail);
        bench.Plan.Add(AnswerFaultKind.HistogramEmpty);
        foreach (var run in await RunAsync(bench, noVerify: true))
        {
            // An export that keeps nothing has no verdict.
            Assert.True(run.State is null or CompletenessState.Incomplete, run.ToString());
            Assert.True(run.Error!.Message.Contains("windows have more", StringComparison.Ordinal), run.ToString());
            Assert.Contains("even very short windows have more records than fit", run.Error!.Message, StringComparison.Ordinal);
            AssertJobs(bench, 300);
        }
    }

    [Theory]
    [InlineData(AnswerFaultKind.HasMoreTrue, CompletenessState.Complete)]
    [InlineData(AnswerFaultKind.EventCountOff, CompletenessState.Unverified)]
    public async Task A_server_without_tail_is_read_too(AnswerFaultKind kind, CompletenessState state)
    {
        using var bench = Bench(100);
        bench.Plan.Add(new AnswerFault(kind, 200) { On = AnswerKinds.Plain, FromAsk = 1, When = a => !IsWhole(a) });
        foreach (var run in await RunAsync(bench, noVerify: false))
        {
            Assert.True(run.IsExactly(bench.Truth()), run.ToString());
            Assert.Equal(state, run.State);
            // 17 windows, and for each of those that lie a count and a second look.
            AssertJobs(bench, 120);
        }
    }

    [Theory]
    [InlineData(AnswerFaultKind.HasMoreTrue)]
    [InlineData(AnswerFaultKind.InventedRows)]
    public async Task One_job_with_more_events_than_counted_is_kept_or_replaced(AnswerFaultKind kind)
    {
        using var bench = Bench(10_000);
        bench.Plan.Add(kind, 10_000, AnswerKinds.Tail);
        var spec = VerdictBench.Spec(query: TestBench.Query + " | selfJoinFilter(n, where=[{n=*}])");
        foreach (var run in await bench.BothAsync(spec))
        {
            run.AssertHonest(bench.Truth());
            AssertJobs(bench, 60);
        }
    }

    private static bool IsWhole(AnswerInfo answer) => answer.EndMs - answer.StartMs > 80_000_000;

    private static VerdictBench Bench(int buffer) => new VerdictBench(new SimulatorOptions { MaxTail = buffer }).Fill(3_000, instant: 3);

    private static async Task<IReadOnlyList<VerdictRun>> RunAsync(VerdictBench bench, bool noVerify)
    {
        var spec = VerdictBench.Spec(SearchStrategy.Window) with { NoVerify = noVerify };
        bench.Server.Reset();
        var file = await bench.ExportAsync(spec).WaitAsync(s_limit);
        var jobs = bench.Server.Jobs.Count;
        bench.Server.Reset();
        var pages = await bench.WalkAsync(spec).WaitAsync(s_limit);
        Assert.InRange(jobs, 1, bench.Server.Jobs.Count * 3);
        return [file, pages];
    }

    private static void AssertJobs(VerdictBench bench, int most)
    {
        Assert.InRange(bench.Server.Jobs.Count, 1, most);
        Assert.Equal(0, bench.Server.LiveJobCount);
    }
}
