using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>If the counts agree with the received events, a wrong clock does not make the result incomplete.</summary>
public sealed class ClockVerdictTests
{
    [Theory]
    [InlineData(150, SearchStrategy.Auto)]
    [InlineData(3_000, SearchStrategy.Auto)]
    [InlineData(3_000, SearchStrategy.Around)]
    [InlineData(3_000, SearchStrategy.Window)]
    [InlineData(3_000, SearchStrategy.Stream)]
    public async Task An_event_that_was_ingested_in_2100_is_not_late(int count, SearchStrategy strategy)
    {
        using var bench = new VerdictBench(new EventDefects { IngestedIn2100 = 0.01 }).Fill(count);
        var spec = VerdictBench.Spec(strategy);
        Assert.Contains(bench.Truth(spec), e => e.Contains("\"4102444800000\"", StringComparison.Ordinal));
        foreach (var run in await bench.BothAsync(spec))
        {
            run.AssertComplete(bench.Truth(spec));
            Assert.Equal(0, run.Verdict!.Late);
        }
    }

    [Theory]
    [InlineData(-2, SearchStrategy.Around)]
    [InlineData(-2, SearchStrategy.Window)]
    [InlineData(-2, SearchStrategy.Stream)]
    [InlineData(-3_600, SearchStrategy.Auto)]
    [InlineData(2, SearchStrategy.Auto)]
    [InlineData(3_600, SearchStrategy.Window)]
    public async Task A_wrong_date_header_makes_no_event_late(int seconds, SearchStrategy strategy)
    {
        // The server's clock stands still, a second after the newest event.
        var options = new SimulatorOptions
        {
            MaxTail = 10_000,
            TimeProvider = new ManualTimeProvider(),
            DateHeaderAhead = TimeSpan.FromSeconds(seconds),
        };
        using var bench = new VerdictBench(options).Fill(3_000);
        var spec = VerdictBench.Spec(strategy) with { Start = QueryTime.Parse("1d"), End = QueryTime.Now };
        foreach (var run in await bench.BothAsync(spec))
        {
            run.AssertComplete(bench.Truth());
            Assert.Equal(0, run.Verdict!.Late);
        }
    }

    [Theory]
    [InlineData(SearchStrategy.Around)]
    [InlineData(SearchStrategy.Window)]
    [InlineData(SearchStrategy.Stream)]
    public async Task Late_events_are_no_more_than_the_counts_differ_by(SearchStrategy strategy)
    {
        var options = new SimulatorOptions
        {
            MaxTail = 10_000,
            LateArrivals = [new LateArrival(2, TimeSpan.FromSeconds(2), 7)],
            Defects = new EventDefects { IngestedIn2100 = 0.05 },
        };
        using var bench = new VerdictBench(options).Fill(3_000);
        var before = bench.Truth();
        var run = await bench.ExportAsync(VerdictBench.Spec(strategy) with { Start = QueryTime.Parse("1d"), End = QueryTime.Now });
        Assert.Equal(3_007, bench.Server.Events.Count);
        Assert.True(run.Verdict is { State: Paging.Verdicts.CompletenessState.Complete, Late: <= 7 }, run.ToString());
        Assert.Empty(before.Except(run.Rows));
        run.AssertVerified();
    }
}
