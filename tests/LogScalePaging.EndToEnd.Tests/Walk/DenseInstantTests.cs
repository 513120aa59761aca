using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>
/// A millisecond too dense for any window is walked page by page, with neighbours on both sides, whatever the server leaves open.
/// </summary>
public sealed class DenseInstantTests(DenseInstantTests.Day day) : IClassFixture<DenseInstantTests.Day>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<bool, bool, bool, bool, bool, bool, bool> Chosen() => Cases(ServerAnswers.Pairwise());

    public static TheoryData<bool, bool, bool, bool, bool, bool, bool> All() => Cases(ServerAnswers.Full(7));

    [Theory]
    [MemberData(nameof(Chosen))]
    public Task It_is_walked(bool oldestFirst, bool endInclusive, bool repeats, bool counts, bool hasMore, bool clips,
        bool aroundOldestFirst) =>
        ExportAsync(oldestFirst, endInclusive, repeats, counts, hasMore, clips, aroundOldestFirst);

    [NightlyTheory]
    [MemberData(nameof(All))]
    public Task It_is_walked_on_every_server(bool oldestFirst, bool endInclusive, bool repeats, bool counts, bool hasMore, bool clips,
        bool aroundOldestFirst) =>
        ExportAsync(oldestFirst, endInclusive, repeats, counts, hasMore, clips, aroundOldestFirst);

    private async Task ExportAsync(bool oldestFirst, bool endInclusive, bool repeats, bool counts, bool hasMore, bool clips,
        bool aroundOldestFirst)
    {
        day.Server.Reset();
        var options = day.Server.Options;
        (options.TailOrder, options.AroundOrder) = (ServerAnswers.Order(oldestFirst), ServerAnswers.Order(aroundOldestFirst));
        (options.EndInclusive, options.AroundRepeatsAnchor, options.AroundAnchorCountsTowardsLimit, options.AroundClips) = (endInclusive,
            repeats, counts, clips);
        options.AroundHasMore = hasMore ? AroundHasMoreMode.Honest : AroundHasMoreMode.AlwaysFalse;
        using var bench = new TestBench(day.Server, o => o with { Timeout = TimeSpan.FromSeconds(60), Time = new FastTimeProvider(40) });
        var target = new ExportTarget { Path = _folder.In("events.ndjson"), Format = ExportFormat.NdJson };
        var spec = TestBench.Spec() with { Strategy = SearchStrategy.Window };
        var result = await new ExportRun(bench.Connection, new ExportRequest(spec, target), bench.Signals).RunAsync(default);
        Assert.True(day.Truth.SequenceEqual(await File.ReadAllLinesAsync(target.Path)),
            $"{result.Manifest.Counts.Written} events, or their order differs");
        Assert.True(result.Completeness.State == CompletenessState.Complete, result.Completeness.ToString());
        Assert.Contains(day.Server.Jobs, j => j.IsAround);
        Assert.All(day.Server.Jobs, job => Assert.True(job.IsDeleted, job.ToString()));
    }

    private static TheoryData<bool, bool, bool, bool, bool, bool, bool> Cases(IEnumerable<bool[]> answers)
    {
        var data = new TheoryData<bool, bool, bool, bool, bool, bool, bool>();
        foreach (var x in answers)
            data.Add(x[0], x[1], x[2], x[3], x[4], x[5], x[6]);
        return data;
    }

    /// <summary>The events of all cases.</summary>
    public sealed class Day : IDisposable
    {
        private const long Newest = TestBench.Newest;

        public Day()
        {
            Server.Events.Add(Enumerable.Range(0, 10_500).Select(i => TestBench.Event(i, Newest - 5_000)));
            Server.Events.Add(Enumerable.Range(20_000, 9_000).Select(i => TestBench.Event(i, Newest - (i * 3L))));
            Server.Events.Add(Enumerable.Range(30_000, 300).Select(i => TestBench.Event(i, Newest - 4_999)));
            Truth = Server.Events.Matching(TestBench.Query);
        }

        public LogScaleSimulator Server { get; } = TestBench.Start(new SimulatorOptions { MaxTail = 10_000 });

        public IReadOnlyList<string> Truth { get; }

        public void Dispose() => Server.Dispose();
    }
}
