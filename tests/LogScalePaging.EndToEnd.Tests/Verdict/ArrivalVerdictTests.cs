using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>
/// Events that arrive between the first jobs of a search, some of them between its first page and its count, are late and not missing.
/// </summary>
public sealed class ArrivalVerdictTests
{
    public static TheoryData<SearchStrategy, int, int> Cases()
    {
        var cases = new TheoryData<SearchStrategy, int, int>();
        foreach (var strategy in new[] { SearchStrategy.Auto, SearchStrategy.Around, SearchStrategy.Window, SearchStrategy.Stream })
        {
            foreach (var count in new[] { 150, 250, 1_500 })
            {
                foreach (var jobs in new[] { 1, 2, 3, 4 })
                    cases.Add(strategy, count, jobs);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Events_that_arrive_between_the_first_jobs_are_not_missing(SearchStrategy strategy, int count, int jobs)
    {
        var options = new SimulatorOptions
        {
            MaxTail = 1_000,
            MaxIngestLatencyMs = 172_800_000,
            LateArrivals = [new LateArrival(jobs, TimeSpan.FromSeconds(2), 7)],
        };
        using var bench = new VerdictBench(options).Fill(count);
        var before = bench.Truth();
        var run = await bench.ExportAsync(VerdictBench.Spec(strategy) with { Start = QueryTime.Parse("1d"), End = QueryTime.Now });

        Assert.True(run.Verdict is { State: CompletenessState.Complete, Missing: 0, Late: 0 or 7 }, run.ToString());
        Assert.Empty(before.Except(run.Rows));
        run.AssertVerified();
    }
}
