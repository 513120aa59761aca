using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>A row that comes twice while another does not come leaves every number as it was. Events are counted, not rows.</summary>
public sealed class RepeatedRowTests
{
    [Theory]
    [InlineData(SearchStrategy.Auto)]
    [InlineData(SearchStrategy.Window)]
    [InlineData(SearchStrategy.Around)]
    [InlineData(SearchStrategy.Stream)]
    public async Task An_order_that_changes_between_polls_loses_nothing(SearchStrategy strategy)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(9_000, instant: 60);
        bench.Plan.Add(AnswerFaultKind.ShuffledInstants);
        var spec = VerdictBench.Spec(strategy);
        foreach (var run in await bench.BothAsync(spec))
            run.AssertComplete(bench.Truth(spec));
    }

    [Theory]
    [InlineData(150, SearchStrategy.Auto, AnswerKinds.Plain)]
    [InlineData(3_000, SearchStrategy.Window, AnswerKinds.Tail)]
    [InlineData(3_000, SearchStrategy.Around, AnswerKinds.Around)]
    [InlineData(3_000, SearchStrategy.Stream, AnswerKinds.Stream)]
    public async Task A_row_that_replaces_another_once_is_mended(int count, SearchStrategy strategy, AnswerKinds on)
    {
        foreach (var toFile in new[] { true, false })
        {
            using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(count);
            bench.Plan.AddOnce(AnswerFaultKind.ReplacedRow, 1, on);
            var spec = VerdictBench.Spec(strategy);
            var run = toFile ? await bench.ExportAsync(spec) : await bench.WalkAsync(spec);
            run.AssertComplete(bench.Truth(spec));
        }
    }

    [Theory]
    [InlineData(150, SearchStrategy.Auto)]
    [InlineData(3_000, SearchStrategy.Auto)]
    [InlineData(3_000, SearchStrategy.Window)]
    [InlineData(3_000, SearchStrategy.Around)]
    [InlineData(3_000, SearchStrategy.Stream)]
    public async Task A_row_that_always_replaces_another_is_missing(int count, SearchStrategy strategy)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(count);
        bench.Plan.Add(AnswerFaultKind.ReplacedRow);
        var spec = VerdictBench.Spec(strategy);
        var truth = bench.Truth(spec);
        foreach (var run in await bench.BothAsync(spec))
        {
            run.AssertHonest(truth);
            // A strategy may find a way around it; where it does not, it says how many are missing.
            if (run.State == CompletenessState.Complete)
                continue;
            Assert.Equal(CompletenessState.Incomplete, run.State);
            Assert.Equal(truth.Count - run.Rows.Distinct(StringComparer.Ordinal).Count(), run.Verdict!.Missing);
        }
    }
}
