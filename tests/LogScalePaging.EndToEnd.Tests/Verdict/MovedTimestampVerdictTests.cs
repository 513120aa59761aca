using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>Rows whose @timestamp the query writes can have any time. All rows of a job are part of the result.</summary>
public sealed class MovedTimestampVerdictTests
{
    private const string Earlier = TestBench.Query + " | @timestamp := @timestamp - 7200000";
    private const string Ingested = TestBench.Query + " | parseTimestamp(field=@ingesttimestamp)";

    [Theory]
    [InlineData(Earlier, 150, 10_000, SearchStrategy.Auto)]
    [InlineData(Earlier, 600, 10_000, SearchStrategy.Auto)]
    [InlineData(Earlier, 3_000, 10_000, SearchStrategy.Auto)]
    [InlineData(Earlier, 3_000, 10_000, SearchStrategy.Window)]
    [InlineData(Earlier, 3_000, 100, SearchStrategy.Window)]
    [InlineData(Earlier, 3_000, 10_000, SearchStrategy.Stream)]
    [InlineData(Ingested, 150, 10_000, SearchStrategy.Auto)]
    [InlineData(Ingested, 600, 10_000, SearchStrategy.Auto)]
    [InlineData(Ingested, 3_000, 100, SearchStrategy.Window)]
    [InlineData(Ingested, 3_000, 100, SearchStrategy.Auto)]
    [InlineData(Ingested, 3_000, 10_000, SearchStrategy.Stream)]
    public async Task Every_row_is_kept_and_the_verifier_agrees(string query, int count, int maxTail, SearchStrategy strategy)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = maxTail });
        var random = new Random(5);
        // Ingested up to a minute later, so that the order of ingestion is not that of time.
        bench.Server.Events.Add(Enumerable.Range(0, count).Select(i => TestBench.Newest - (i * 10L)).Select((time, i) =>
            TestBench.Event(i, time).Replace($"\"{time + 5}\"", $"\"{time + random.Next(60_000)}\"", StringComparison.Ordinal)));
        // A range that the moved times do not lie in.
        var spec = VerdictBench.Spec(strategy, query) with { Start = QueryTime.At(TestBench.Newest - 600_000) };
        var truth = bench.Truth(spec);
        Assert.Equal(count, truth.Count);
        foreach (var run in await bench.BothAsync(spec))
        {
            run.AssertComplete(truth);
            Assert.NotEqual("Around", run.Strategy);
        }
    }
}
