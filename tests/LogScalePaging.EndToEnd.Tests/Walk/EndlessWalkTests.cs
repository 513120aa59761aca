using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>Walks, instants and streams have limits, so that they end even if a server always sends more events.</summary>
public sealed class EndlessWalkTests
{
    private const int Page = 2_000;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_walk_is_stopped_when_far_more_came_than_were_counted()
    {
        using var bench = Bench().Fill(1_000);
        bench.Plan.Add(AnswerFaultKind.InventedRows, Page, AnswerKinds.Around);
        foreach (var run in await BothAsync(bench, Around()))
        {
            Assert.Equal(CompletenessState.Incomplete, run.State);
            Assert.Contains("but it counted 1,000", run.Error!.Message, StringComparison.Ordinal);
            // Twice the count and 10,000 more, in pages of 2,000; and the first job, a count before and one after.
            Assert.InRange(bench.Server.Jobs.Count, 6, 14);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_walk_without_a_count_is_stopped_at_a_number(bool countFails)
    {
        using var bench = Bench().Fill(1_000);
        bench.Plan.Add(AnswerFaultKind.InventedRows, Page, AnswerKinds.Around);
        if (countFails)
            bench.Plan.Add(AnswerFaultKind.Refused, on: AnswerKinds.Count);
        foreach (var run in await BothAsync(bench, Around() with { NoVerify = !countFails, MostUncounted = 20_000 }))
        {
            Assert.Equal(CompletenessState.Incomplete, run.State);
            Assert.Contains("there is no count to compare them with", run.Error!.Message, StringComparison.Ordinal);
            Assert.InRange(bench.Server.Jobs.Count, 8, 18);
        }
    }

    [Fact]
    public async Task A_limit_is_reached_without_a_count()
    {
        using var bench = Bench().Fill(1_000);
        bench.Plan.Add(AnswerFaultKind.InventedRows, Page, AnswerKinds.Around);
        foreach (var run in await BothAsync(bench, Around() with { NoVerify = true, MostUncounted = 5_000, MaxEvents = 9_000 }))
        {
            Assert.Null(run.Error);
            Assert.Equal(9_000, run.Rows.Count);
        }
    }

    [Fact]
    public async Task Events_that_reach_the_range_while_it_is_walked_do_not_stop_the_walk()
    {
        using var bench = Bench().Fill(300);
        // The first count sees a few, the one that is taken when more than twice as many came sees all.
        bench.Server.Events.Add(Enumerable.Range(1_000, 14_000).Select(i => TestBench.Event(i, TestBench.Newest - 10_000 - i)));
        bench.Plan.Add(new AnswerFault(AnswerFaultKind.CountOff, -14_000) { On = AnswerKinds.Count, ToAsk = 1 });
        var run = await bench.WalkAsync(Around()).WaitAsync(s_limit);
        Assert.Null(run.Error);
        Assert.True(run.IsExactly(bench.Truth()), run.ToString());
    }

    [Fact]
    public async Task A_walk_that_only_repeats_itself_ends_without_a_count()
    {
        using var bench = Bench().Fill(1_000);
        var spec = Around() with { NoVerify = true, PageSize = 200 };
        // The same page for whatever is asked, twice the events that fit it among them.
        var page = string.Join(',', bench.Truth().Take(200).Concat(bench.Truth().Skip(200).Take(200)));
        var body = System.Text.Encoding.UTF8.GetBytes(
            $"{{\"done\":true,\"events\":[{page}],\"metaData\":{{\"eventCount\":400,\"extraData\":{{\"hasMoreEvents\":\"true\"}},\"queryStart\":{spec.Start.Milliseconds},\"queryEnd\":{spec.End.Milliseconds}}}}}");
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Answer(200, body, ("Content-Type", "application/json")),
            Kind = RequestKind.Poll,
            Times = int.MaxValue,
            When = r => bench.Server.Jobs.Any(j => j.IsAround && r.Path.Contains(j.Id, StringComparison.Ordinal)),
        });
        var run = await bench.WalkAsync(spec).WaitAsync(s_limit);
        Assert.Null(run.Error);
        Assert.Equal((400, CompletenessState.Unverified), (run.Rows.Count, run.State));
        Assert.InRange(bench.Server.Jobs.Count, 3, 6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_instant_is_stopped_too(bool noVerify)
    {
        // An instant that no window holds, on a server whose walk never ends.
        using var bench = Bench(10_000);
        bench.Server.Events.Add(Enumerable.Range(0, 10_100).Select(i => TestBench.Event(i, TestBench.Newest - 5_000)));
        bench.Plan.Add(AnswerFaultKind.InventedRows, 20_000, AnswerKinds.Around);
        foreach (var run in await BothAsync(bench,
            VerdictBench.Spec(SearchStrategy.Window) with { NoVerify = noVerify, MostUncounted = 50_000 }))
        {
            Assert.NotEqual(CompletenessState.Complete, run.State);
            Assert.Contains("because it might not end", run.Error!.Message, StringComparison.Ordinal);
            // The plan splits down to the instant, and 10,100 events are 51 pages.
            Assert.InRange(bench.Server.Jobs.Count, 1, 200);
        }
    }

    [Fact]
    public async Task A_stream_that_never_ends_is_closed_and_windows_take_its_place()
    {
        using var bench = Bench(10_000).Fill(3_000);
        bench.Plan.Add(AnswerFaultKind.InventedRows, int.MaxValue, AnswerKinds.Stream);
        var run = await bench.ExportAsync(VerdictBench.Spec(SearchStrategy.Stream)).WaitAsync(s_limit);
        run.AssertComplete(bench.Truth());
        Assert.Equal("Window", run.Strategy);
        Assert.Contains("might not end", run.Manifest!.StrategyReason, StringComparison.Ordinal);
        // Some 200,000 events of 110 bytes, and what was under way.
        Assert.InRange(bench.Bench.Connection.Transport.Counters.BytesReceived, 1, 60L << 20);
    }

    [Fact]
    public async Task A_stream_that_never_ends_is_closed_without_a_count_too()
    {
        using var bench = Bench(10_000).Fill(3_000);
        bench.Plan.Add(AnswerFaultKind.InventedRows, int.MaxValue, AnswerKinds.Stream);
        var run = await bench.ExportAsync(
            VerdictBench.Spec(SearchStrategy.Stream) with { NoVerify = true, MostUncountedOfStream = 400_000 }).WaitAsync(s_limit);
        Assert.True(run.IsExactly(bench.Truth()), run.ToString());
        Assert.Equal(("Window", CompletenessState.Unverified), (run.Strategy, run.State));
        Assert.InRange(bench.Bench.Connection.Transport.Counters.BytesReceived, 1, 60L << 20);
    }

    private static SearchSpec Around() => VerdictBench.Spec(SearchStrategy.Around) with { PageSize = Page };

    private static VerdictBench Bench(int buffer = 200_000) => new(new SimulatorOptions { MaxTail = buffer });

    private static async Task<IReadOnlyList<VerdictRun>> BothAsync(VerdictBench bench, SearchSpec spec) =>
        await bench.BothAsync(spec).WaitAsync(s_limit);
}
