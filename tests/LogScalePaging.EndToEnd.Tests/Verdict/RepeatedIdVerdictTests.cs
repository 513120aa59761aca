using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>Rows that share an @id are all results, unless their bytes are equal too.</summary>
public sealed class RepeatedIdVerdictTests
{
    private const string Split = TestBench.Query + " | split(x)";

    [Theory]
    [InlineData(60, SearchStrategy.Auto)]
    [InlineData(300, SearchStrategy.Auto)]
    [InlineData(800, SearchStrategy.Auto)]
    [InlineData(800, SearchStrategy.Window)]
    [InlineData(800, SearchStrategy.Stream)]
    public async Task Rows_of_one_event_are_all_kept(int events, SearchStrategy strategy)
    {
        using var bench = Elements(events);
        var spec = VerdictBench.Spec(strategy, Split);
        Assert.Equal(events * 3, bench.Truth(spec).Count);
        foreach (var run in await bench.BothAsync(spec))
            run.AssertComplete(bench.Truth(spec));
    }

    [Theory]
    [InlineData(SearchStrategy.Auto)]
    [InlineData(SearchStrategy.Around)]
    [InlineData(SearchStrategy.Window)]
    [InlineData(SearchStrategy.Stream)]
    public async Task Events_that_share_an_id_and_differ_are_all_kept(SearchStrategy strategy)
    {
        using var bench = new VerdictBench(new EventDefects { RepeatedId = 0.05 }).Fill(2_000);
        var spec = VerdictBench.Spec(strategy);
        foreach (var run in await bench.BothAsync(spec))
            run.AssertComplete(bench.Truth(spec));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(800)]
    public async Task Rows_that_are_equal_cannot_be_told_apart(int events)
    {
        using var bench = Elements(events);
        // Three equal rows of each event.
        var spec = VerdictBench.Spec(query: Split + " | select([@id, @timestamp, n])");
        foreach (var run in await bench.BothAsync(spec))
        {
            Assert.True(run.Error is null && run.State != CompletenessState.Complete, $"not Complete was expected: {run}");
            Assert.NotEmpty(run.Warnings);
            run.AssertVerified();
        }
    }

    private static VerdictBench Elements(int events)
    {
        var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 });
        bench.Server.Events.Add(Enumerable.Range(0, events).Select(i =>
            TestBench.Event(i, TestBench.Newest - (i * 10L))[..^1] + $$""","x[0]":"p{{i}}","x[1]":"q{{i}}","x[2]":"r{{i}}"}"""));
        return bench;
    }
}
