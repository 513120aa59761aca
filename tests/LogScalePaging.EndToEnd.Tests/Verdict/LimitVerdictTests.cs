using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>A verdict on the newest events says nothing about other events.</summary>
public sealed class LimitVerdictTests
{
    [Theory]
    [InlineData(AnswerFaultKind.LostRow)]
    [InlineData(AnswerFaultKind.DroppedRow)]
    [InlineData(AnswerFaultKind.ReplacedRow)]
    public async Task A_window_that_lacks_one_of_the_newest_is_not_complete(AnswerFaultKind kind)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(3_000);
        bench.Plan.Add(new AnswerFault(kind) { On = AnswerKinds.Tail, Seed = 1 });
        var spec = VerdictBench.Spec(SearchStrategy.Window) with { MaxEvents = 1_000 };
        var truth = Newest(bench, 1_000);
        foreach (var run in await bench.BothAsync(spec))
        {
            Assert.True(run.State == CompletenessState.Incomplete && run.Verdict!.Missing > 0, $"Incomplete was expected: {run}");
            run.AssertHonest(truth);
        }
    }

    [Theory]
    [InlineData(AnswerFaultKind.HistogramEmpty, 0)]
    [InlineData(AnswerFaultKind.HistogramOff, 40)]
    public async Task A_wrong_histogram_hides_no_lost_row(AnswerFaultKind histogram, int amount)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(3_000);
        bench.Plan.Add(new AnswerFault(histogram, amount) { Seed = 3 });
        bench.Plan.Add(new AnswerFault(AnswerFaultKind.LostRow) { On = AnswerKinds.Tail, Times = 1, Seed = 1, After = 1 });
        var spec = VerdictBench.Spec(SearchStrategy.Window) with { MaxEvents = 1_000 };
        var truth = Newest(bench, 1_000);
        foreach (var run in await bench.BothAsync(spec))
            run.AssertHonest(truth);
    }

    [Fact]
    public async Task Rows_beyond_the_limit_do_not_count()
    {
        // The newest 1,000 have ids, the older ones have none.
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 });
        bench.Server.Events.Add(Enumerable.Range(0, 3_000).Select(i => i < 1_000
            ? TestBench.Event(i, TestBench.Newest - (i * 10L))
            : TestBench.Event(i, TestBench.Newest - (i * 10L)).Replace("\"@id\"", "\"no\"", StringComparison.Ordinal)).Reverse());
        var spec = VerdictBench.Spec(SearchStrategy.Window) with { MaxEvents = 1_000 };
        var truth = Newest(bench, 1_000);
        foreach (var run in await bench.BothAsync(spec))
        {
            run.AssertComplete(truth);
            Assert.Equal(0, run.Manifest?.Counts.WithoutId ?? 0);
        }
    }

    [Theory]
    [InlineData(1_000L, 200L)]
    [InlineData(null, 2_200L)]
    public async Task A_walk_that_broke_off_lacks_at_most_its_limit(long? limit, long missing)
    {
        using var bench = new VerdictBench().Fill(3_000);
        var asked = 0;
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(400, "no"),
            Times = int.MaxValue,
            When = r => r.Kind == RequestKind.Create && r.Body.Contains("\"around\"", StringComparison.Ordinal) && ++asked > 3,
        });
        var run = await bench.WalkAsync(VerdictBench.Spec(SearchStrategy.Around) with { MaxEvents = limit });
        Assert.Equal((CompletenessState.Incomplete, missing), (run.State, run.Verdict!.Missing));
        Assert.Equal(800, run.Verdict.Received);
    }

    private static IReadOnlyList<string> Newest(VerdictBench bench, int count) => [.. bench.Truth().Take(count)];
}
