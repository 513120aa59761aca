using System.Collections.Concurrent;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;
using Xunit.Abstractions;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>
/// Exports with random faults from seeds. An export gives the bytes of an undisturbed one, or it is Incomplete and a resumption gives them.
/// To repeat a case, run its seed: the plan of faults is the same, but other workers may be affected.
/// </summary>
public sealed class RandomFaultTests(RandomFaultTests.Servers servers, ITestOutputHelper output) : IClassFixture<RandomFaultTests.Servers>,
    IDisposable
{
    private const int Ordinary = 30;
    private const int Nightly = 300;
    // From this run on nothing goes wrong any more.
    private const int LastBadRun = 5;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int> Few() => [.. Enumerable.Range(1, Ordinary)];

    public static TheoryData<int> Many() => [.. Enumerable.Range(Ordinary + 1, Nightly - Ordinary)];

    [Theory]
    [MemberData(nameof(Few))]
    public Task A_walk_with_random_faults_is_complete_or_can_be_completed(int seed) => ExportAsync(new RandomDay(seed));

    [NightlyTheory]
    [MemberData(nameof(Many))]
    public Task A_walk_with_random_faults_is_complete_or_can_be_completed_every_night(int seed) => ExportAsync(new RandomDay(seed));

    private async Task ExportAsync(RandomDay day)
    {
        var server = servers.For(day);
        var truth = await servers.UndisturbedAsync(day);
        server.Reset();
        server.Options.Faults = day.Plan;
        using var bench = new TestBench(server,
            o => o with { MaxRetryCount = day.Retries, Timeout = TimeSpan.FromSeconds(30), Time = new FastTimeProvider(40) });
        var (orphans, story) = (0L, new List<string> { day.ToString() });
        ExportOutcome? result = null;
        for (var run = 1; result?.Files.Count is null or 0; run++)
        {
            Assert.True(run <= LastBadRun + 2, Told(story, day));
            if (run > LastBadRun)
                day.Plan.Clear();
            var signals = new SignalLog();
            try
            {
                result = await Servers.RunAsync(bench, day, _folder.In(day.File), signals);
                story.Add($"run {run}: {result.Completeness} {result.Error?.Message}");
                Assert.True(result.Files.Count > 0
                    || (result.Completeness.State == CompletenessState.Incomplete && Directory.Exists(result.PartialPath)),
                    Told(story, day));
            }
            catch (PagingException e)
            {
                story.Add($"run {run}: nothing was read: {e.Message}");
                Assert.True(result is not null || Directory.GetFileSystemEntries(_folder.Path).Length == 0, Told(story, day));
            }
            orphans += signals.CountOf(SignalKind.JobOrphaned);
        }
        output.WriteLine($"{string.Join('\n', story)}\n{day.Plan.FaultsInjected} faults");
        var bytes = await File.ReadAllBytesAsync(_folder.In(day.File));
        Assert.True(truth.AsSpan().SequenceEqual(bytes), "the bytes differ; " + Told(story, day));
        Assert.True(result.Completeness.State is CompletenessState.Complete or CompletenessState.Unverified, Told(story, day));
        Assert.Equal(3, Directory.GetFileSystemEntries(_folder.Path).Length);
        // A 404 to a delete says that the job is gone. A client cannot know that this answer is wrong.
        var denied = server.Requests.Count(r => r.Kind == RequestKind.Delete && r.Fault is { StatusCode: 404 });
        Assert.True(server.LiveJobCount <= orphans + denied, $"{server.LiveJobCount} jobs left, {orphans} named; " + Told(story, day));
    }

    private static string Told(List<string> story, RandomDay day) => string.Join("\n", story) + "\n" + day.Plan;

    /// <summary>The servers of all days, and what undisturbed exports from them give.</summary>
    public sealed class Servers : IDisposable
    {
        private readonly LogScaleSimulator _large = Filled(10_000, 25_000);
        private readonly LogScaleSimulator _small = Filled(100, 5_000);
        private readonly ConcurrentDictionary<(bool, string), byte[]> _undisturbed = new();

        internal LogScaleSimulator For(RandomDay day) => day.IsLarge ? _large : _small;

        internal async Task<byte[]> UndisturbedAsync(RandomDay day)
        {
            if (_undisturbed.TryGetValue((day.IsLarge, day.File), out var known))
                return known;
            For(day).Options.Faults = new FaultPlan();
            using var folder = new TemporaryFolder();
            using var bench = new TestBench(For(day), null);
            var result = await RunAsync(bench, day, folder.In(day.File), new SignalLog());
            Assert.Equal(CompletenessState.Complete, result.Completeness.State);
            return _undisturbed[(day.IsLarge, day.File)] = await File.ReadAllBytesAsync(folder.In(day.File));
        }

        internal static Task<ExportOutcome> RunAsync(TestBench bench, RandomDay day, string path, SignalLog signals)
        {
            var target = new ExportTarget { Path = path, Format = ExportFormats.FromPath(path, out var compress), Compress = compress };
            var spec = TestBench.Spec() with { Parallel = day.Workers, Strategy = day.Strategy };
            return new ExportRun(bench.Connection, new ExportRequest(spec, target) { Resume = ExportStore.Exists(target) },
                signals).RunAsync(default);
        }

        public void Dispose()
        {
            _large.Dispose();
            _small.Dispose();
        }

        private static LogScaleSimulator Filled(int maxTail, int count)
        {
            var server = TestBench.Start(new SimulatorOptions { MaxTail = maxTail, AroundRepeatsAnchor = true });
            server.Events.Add(SkewedDay.Events(count, second: count * 15 / 100, instant: count / 40));
            return server;
        }
    }
}
