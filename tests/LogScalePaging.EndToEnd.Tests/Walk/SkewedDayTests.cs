using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>
/// 200,000 events of an uneven day are returned once each and in order, with any number of workers and every setting of the server.
/// </summary>
public sealed class SkewedDayTests(SkewedDay day) : IClassFixture<SkewedDay>, IDisposable
{
    private static readonly int[] s_workers = [1, 2, 8, 32];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Each pair of settings is met: of four counts of workers and four yes-or-no points, eight cases are enough.
    public static TheoryData<int, EventOrder, bool, bool, bool> Chosen()
    {
        var data = new TheoryData<int, EventOrder, bool, bool, bool>();
        foreach (var x in ServerAnswers.Pairwise())
            data.Add(s_workers[(x[0] ? 2 : 0) + (x[1] ? 1 : 0)], ServerAnswers.Order(x[2]), x[4], x[5], x[6]);
        return data;
    }

    public static TheoryData<int, EventOrder, bool, bool, bool> All()
    {
        var data = new TheoryData<int, EventOrder, bool, bool, bool>();
        foreach (var workers in s_workers)
        {
            foreach (var x in ServerAnswers.Full(4))
                data.Add(workers, ServerAnswers.Order(x[0]), x[1], x[2], x[3]);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Chosen))]
    public Task Every_event_once_in_order(int workers, EventOrder order, bool aggregate, bool hasMore, bool endInclusive) =>
        ExportAsync(workers, order, aggregate, hasMore, endInclusive);

    [NightlyTheory]
    [MemberData(nameof(All))]
    public Task Every_event_once_in_order_of_every_server(int workers, EventOrder order, bool aggregate, bool hasMore, bool endInclusive) =>
        ExportAsync(workers, order, aggregate, hasMore, endInclusive);

    [Fact]
    public async Task The_same_onto_the_pipeline()
    {
        using var bench = day.Bench(Defaults);
        var outcome = await bench.WalkAsync(Spec(8));
        Assert.Null(outcome.Error);
        Assert.True(day.Server.Events.Matching(TestBench.Query).SequenceEqual(outcome.Events),
            $"{outcome.Events.Count} events, or their order differs");
        Assert.Equal(CompletenessState.Complete, outcome.Verdict.State);
        // What is held for the pipeline is bounded: windows of half the size.
        AssertJobs(8, 40, 52);
    }

    private async Task ExportAsync(int workers, EventOrder order, bool aggregate, bool hasMore, bool endInclusive)
    {
        using var bench = day.Bench(
            o => (o.TailOrder, o.TailIsAggregate, o.TailHasMore, o.EndInclusive) = (order, aggregate, hasMore, endInclusive));
        var target = new ExportTarget { Path = _folder.In("events.ndjson"), Format = ExportFormat.NdJson };
        var result = await new ExportRun(bench.Connection, new ExportRequest(Spec(workers), target), bench.Signals).RunAsync(default);
        var file = Assert.Single(result.Manifest.Files);
        Assert.Equal(SkewedDay.Count, result.Manifest.Counts.Written);
        Assert.Equal(day.Sha256, file.Sha256);
        Assert.Equal(day.Sha256,
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(target.Path))));
        Assert.True(result.Completeness.State == CompletenessState.Complete, result.Completeness.ToString());
        Assert.Equal("Window", result.Manifest.Strategy);
        AssertJobs(workers, 20, 26);
    }

    // Never more at once than allowed, each deleted, and no more of them than windows that are well filled need.
    private void AssertJobs(int workers, int fewest, int most)
    {
        Assert.InRange(day.Server.PeakJobCount, 1, workers);
        Assert.Equal(0, day.Server.LiveJobCount);
        Assert.All(day.Server.Jobs, job => Assert.True(job.IsDeleted, job.ToString()));
        Assert.InRange(day.Server.Jobs.Count(j => j.QueryString.Contains("tail(10000)", StringComparison.Ordinal)), fewest, most);
    }

    private static SearchSpec Spec(int workers) => TestBench.Spec() with { Parallel = workers, Strategy = SearchStrategy.Window };

    private static void Defaults(SimulatorOptions options) =>
        (options.TailOrder, options.TailIsAggregate, options.TailHasMore, options.EndInclusive) = (EventOrder.NewestFirst, true, false,
            false);
}
