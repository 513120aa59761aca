using System.Text.RegularExpressions;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Export;

/// <summary>What a resumption must know for the verdict on the whole result.</summary>
public sealed class ResumedProofTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SearchStrategy.Around, 0, CompletenessState.Complete)]
    [InlineData(SearchStrategy.Around, 2, CompletenessState.Incomplete)]
    [InlineData(SearchStrategy.Window, 0, CompletenessState.Complete)]
    [InlineData(SearchStrategy.Window, 2, CompletenessState.Incomplete)]
    public async Task Late_arrivals_of_the_first_run_do_not_hide_what_the_second_one_misses(SearchStrategy strategy, int lost,
        CompletenessState state)
    {
        using var bench = new TestBench(new SimulatorOptions { MaxTail = 200 }, o => o with { MaxRetryCount = 0 }).Fill(2_000);
        var fetching = 0;
        bench.Server.RequestHandled += r =>
        {
            // With one job at a time the range is counted by then; this is ingested long after, where nothing was read yet.
            if (Requests.IsFetching(r.Kind, r.Body) && ++fetching == 2)
                bench.Server.Events.Add(Enumerable.Range(0, 3).Select(i => Late(i, TestBench.Newest - 8_500)));
        };
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(500, "no"),
            Times = int.MaxValue,
            When = r => r.Kind == RequestKind.Create && fetching >= 7
        });
        var broken = await Export(bench, strategy, resume: false);
        Assert.Equal(CompletenessState.Incomplete, broken.Completeness.State);
        var saved = ExportStore.Peek(_folder.In("events.ndjson"));
        Assert.Equal((3, 2_000), (saved.ReceivedLate, saved.ExpectedBefore));

        // As if the first count had been two higher. The server lists these two only to the last count.
        var checkpoint = _folder.In("events.ndjson.partial/checkpoint.json");
        File.WriteAllText(checkpoint,
            Regex.Replace(File.ReadAllText(checkpoint), "\"expectedBefore\": ?2000", $"\"expectedBefore\":{2_000 + lost}"));
        bench.Server.Faults.Clear();
        var hidden = Enumerable.Range(0, lost).Select(i => TestBench.Event(90_000 + i, TestBench.Newest - 8_501)).ToList();
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(500, "never"),
            When = r =>
            {
                if (r.Kind == RequestKind.Create && r.Body.Contains("count()", StringComparison.Ordinal))
                {
                    bench.Server.Events.Add(hidden);
                    hidden.Clear();
                }
                return false;
            },
        });
        var resumed = await Export(bench, strategy, resume: true);
        Assert.Equal((state, 2_003, lost), (resumed.Completeness.State, resumed.Completeness.Received, resumed.Completeness.Missing));
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_reported_and_no_request_is_sent()
    {
        using var bench = new TestBench(new SimulatorOptions { MaxTail = 200 }, o => o with { MaxRetryCount = 0 }).Fill(2_000);
        bench.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 10, times: int.MaxValue);
        await Export(bench, SearchStrategy.Window, resume: false);
        var checkpoint = _folder.In("events.ndjson.partial/checkpoint.json");
        File.WriteAllText(checkpoint, File.ReadAllText(checkpoint).Replace("buffer.capacity", "buffer.colour", StringComparison.Ordinal));
        bench.Server.Reset();
        var error = await Assert.ThrowsAsync<ExportException>(() => Export(bench, SearchStrategy.Window, resume: true));
        Assert.Equal(ExportErrorKind.Damaged, error.Kind);
        Assert.Contains(checkpoint, error.Message, StringComparison.Ordinal);
        Assert.Contains("--force", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, bench.Server.RequestCount);
        Assert.True(File.Exists(checkpoint));
    }

    [Fact]
    public async Task Interrupted_before_the_first_event_nothing_is_left_even_while_the_jobs_are_being_deleted()
    {
        using var bench = new TestBench().Fill(2_000);
        using var stop = new CancellationTokenSource();
        bench.Server.Faults.Add(Fault.Hang, RequestKind.Delete, times: int.MaxValue);
        bench.Server.Faults.Add(Fault.Hang, RequestKind.Poll, times: int.MaxValue);
        using var watcher = new FileSystemWatcher(_folder.Path) { NotifyFilter = NotifyFilters.DirectoryName };
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Deleted += (_, _) => gone.TrySetResult();
        watcher.EnableRaisingEvents = true;
        bench.Server.RequestHandled += r =>
        {
            if (r.Kind == RequestKind.Create)
                stop.Cancel();
        };
        var run = Export(bench, SearchStrategy.Around, resume: false, stop.Token);
        await gone.Task.WaitAsync(s_limit);
        Assert.False(run.IsCompleted);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        bench.Server.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(s_limit));
    }

    [Fact]
    public async Task The_manifest_lists_windows_that_differ_from_the_plan()
    {
        using var bench = new TestBench(new SimulatorOptions { MaxTail = 200 }).Fill(2_000);
        var fetching = 0;
        bench.Server.RequestHandled += r =>
        {
            // After the plan, before the oldest window.
            if (Requests.IsFetching(r.Kind, r.Body) && ++fetching == 2)
                bench.Server.Events.Add(Enumerable.Range(0, 3).Select(i => Late(i, TestBench.Newest - 19_000)));
        };
        var manifest = (await Export(bench, SearchStrategy.Window, resume: false)).Manifest;
        Assert.Equal("Complete", manifest.State);
        var window = Assert.Single(manifest.Windows);
        Assert.Equal(window.Planned + 3, window.Received);
        Assert.Null(window.Counted);
        Assert.InRange(TestBench.Newest - 19_000, window.Start!.Value, window.End!.Value);
        Assert.Empty(manifest.MissingRanges);
        Assert.Contains("\"windows\"", await File.ReadAllTextAsync(_folder.In("events.ndjson.manifest.json")), StringComparison.Ordinal);
    }

    private static string Late(int number, long timestamp) =>
        $$"""{"@id":"late{{number}}","@timestamp":{{timestamp}},"@ingesttimestamp":"{{TestBench.Newest + 3_600_000}}","#event_simpleName":"ProcessRollup2"}""";

    private async Task<ExportOutcome> Export(TestBench bench, SearchStrategy strategy, bool resume,
        CancellationToken cancellationToken = default)
    {
        var target = new ExportTarget { Path = _folder.In("events.ndjson"), Format = ExportFormat.NdJson };
        var spec = TestBench.Spec() with { Strategy = strategy, Parallel = 1 };
        return await new ExportRun(bench.Connection, new ExportRequest(spec, target) { Resume = resume }, bench.Signals).RunAsync(
            cancellationToken);
    }
}
