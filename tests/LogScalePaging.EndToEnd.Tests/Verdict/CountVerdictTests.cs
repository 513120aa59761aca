using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>Counts that contradict each other, or the received events, prove nothing.</summary>
public sealed class CountVerdictTests
{
    [Theory]
    [InlineData(-3, 1, int.MaxValue)]
    [InlineData(3, 1, int.MaxValue)]
    [InlineData(-3, 2, int.MaxValue)]
    public async Task A_count_that_is_wrong_is_not_complete(long off, int fromAsk, int toAsk)
    {
        foreach (var strategy in new[] { SearchStrategy.Around, SearchStrategy.Window, SearchStrategy.Stream })
        {
            using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(3_000);
            bench.Plan.Add(new AnswerFault(AnswerFaultKind.CountOff, off) { FromAsk = fromAsk, ToAsk = toAsk, When = IsWhole });
            foreach (var run in await bench.BothAsync(VerdictBench.Spec(strategy)))
            {
                run.AssertHonest(bench.Truth());
                Assert.True(run.State != CompletenessState.Complete, $"not Complete was expected: {run}");
                Assert.NotEmpty(run.Warnings);
            }
        }
    }

    [Theory]
    [InlineData(150)]
    [InlineData(3_000)]
    public async Task Without_a_count_it_is_unverified(int count)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(count);
        bench.Plan.Add(new AnswerFault(AnswerFaultKind.Refused) { On = AnswerKinds.Count | AnswerKinds.Histogram });
        foreach (var run in await bench.BothAsync(VerdictBench.Spec()))
        {
            Assert.True(run.State == CompletenessState.Unverified && run.IsExactly(bench.Truth()), $"not Unverified: {run}");
            Assert.NotEmpty(run.Warnings);
            run.AssertVerified();
        }
    }

    [Theory]
    [InlineData(AnswerFaultKind.HistogramOff, 40)]
    [InlineData(AnswerFaultKind.HistogramEmpty, 1)]
    public async Task A_histogram_is_only_a_plan(AnswerFaultKind kind, long amount)
    {
        foreach (var maxTail in new[] { 100, 10_000 })
        {
            using var bench = new VerdictBench(new SimulatorOptions { MaxTail = maxTail }).Fill(3_000, instant: 3);
            bench.Plan.Add(kind, amount);
            foreach (var run in await bench.BothAsync(VerdictBench.Spec(SearchStrategy.Window)))
                run.AssertComplete(bench.Truth());
        }
    }

    [Theory]
    [InlineData(SearchStrategy.Auto)]
    [InlineData(SearchStrategy.Window)]
    [InlineData(SearchStrategy.Around)]
    [InlineData(SearchStrategy.Stream)]
    public async Task Events_that_leave_the_range_between_the_counts_are_not_complete(SearchStrategy strategy)
    {
        for (var job = 1; job <= 7; job++)
        {
            using var bench = new VerdictBench(
                new SimulatorOptions { MaxTail = 2_000, Departures = [new(job, 200), new(job + 12, 200)] }).Fill(6_000);
            var truth = bench.Truth();
            var run = await bench.ExportAsync(VerdictBench.Spec(strategy), "events.ndjson");
            // Both counts agree if the events left before the first of them. A histogram counts, too.
            var counted = bench.Server.Jobs.TakeWhile(j => !j.QueryString.Contains("count()", StringComparison.Ordinal)).Count() + 1;
            Assert.True(job < counted || run.State != CompletenessState.Complete || run.IsExactly(truth), $"after job {job}: {run}");
            run.AssertReasoned();
        }
    }

    private static bool IsWhole(AnswerInfo answer) => answer.EndMs - answer.StartMs == 86_400_001;
}
