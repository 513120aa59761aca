using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Export;

/// <summary>The counts around a walk: what happens when they are slow, fail, or are interrupted.</summary>
public sealed class LastCountTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("events.ndjson", SearchStrategy.Around)]
    [InlineData("events.csv", SearchStrategy.Window)]
    public async Task Interrupted_while_the_last_count_runs_the_export_is_kept_and_resumed_to_the_same_bytes(string name,
        SearchStrategy strategy)
    {
        using var bench = new TestBench(new SimulatorOptions { MaxTail = 1_000 }).Fill(2_000);
        await Export(bench, "whole-" + name, strategy);
        using var stop = new CancellationTokenSource();
        var counts = 0;
        bench.Server.RequestHandled += r =>
        {
            if (IsCount(r.Kind, r.Body) && ++counts == 2)
                stop.Cancel();
        };
        var broken = await Export(bench, name, strategy, cancellationToken: stop.Token);
        Assert.True(broken.Interrupted);
        Assert.Equal(2_000, broken.Completeness.Received);
        Assert.False(File.Exists(_folder.In(name)));
        Assert.Empty(Directory.GetFiles(broken.PartialPath!, "output-*"));
        var resumed = await Export(bench, name, strategy, resume: true);
        Assert.Equal(CompletenessState.Complete, resumed.Completeness.State);
        Assert.Equal(await File.ReadAllBytesAsync(_folder.In("whole-" + name)), await File.ReadAllBytesAsync(_folder.In(name)));
    }

    [Fact]
    public async Task A_count_without_an_answer_does_not_delay_an_interruption()
    {
        // The first poll is that of the search; all others are the count's.
        using var bench = new TestBench(new SimulatorOptions(), o => o with { Timeout = TimeSpan.FromHours(1) }).Fill(2_000);
        bench.Server.Faults.Add(Fault.NotDone, RequestKind.Poll, nth: 2, times: int.MaxValue);
        using var stop = new CancellationTokenSource();
        var streamed = 0;
        bench.Server.RequestHandled += r =>
        {
            if (r.Kind == RequestKind.Query)
                streamed = 1;
            // By the third poll after it the stream has been read long since.
            else if (r.Kind == RequestKind.Poll && streamed > 0 && ++streamed > 4)
                stop.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Export(bench, "events.ndjson", SearchStrategy.Stream, cancellationToken: stop.Token).WaitAsync(s_limit));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    [Fact]
    public async Task Late_events_of_a_stream_are_known_as_such_though_the_count_comes_after_them()
    {
        using var bench = new TestBench().Fill(2_000);
        var (polls, streamed) = (0, false);
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.NotDone,
            Kind = RequestKind.Poll,
            Times = int.MaxValue,
            When = _ => Interlocked.Increment(ref polls) > 1 && !streamed
        });
        var counting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Server.RequestHandled += r =>
        {
            streamed |= r.Kind == RequestKind.Query;
            if (IsCount(r.Kind, r.Body))
                counting.TrySetResult();
        };
        await using var search = new LogScaleSearch(bench.Connection, TestBench.Spec() with { Strategy = SearchStrategy.Stream },
            bench.Signals);
        await search.OpenAsync(toFile: true, default);
        Assert.Null(search.ExpectedBefore);
        await counting.Task.WaitAsync(s_limit);
        bench.Server.Events.Add(Enumerable.Range(0, 3).Select(i =>
            $$"""{"@id":"late{{i}}","@timestamp":{{TestBench.Newest - 8_500}},"@ingesttimestamp":"{{TestBench.Newest + 3_600_000}}","#event_simpleName":"ProcessRollup2"}"""));
        Assert.True(await search.TryStreamAsync(new NoSink(), default));
        Assert.Equal((2_003, 3), (search.Received, search.Notes.Late));
    }

    [Fact]
    public async Task A_failed_count_is_reported_with_its_cause()
    {
        using var bench = new TestBench(transport: o => o with { MaxRetryCount = 0 }).Fill(500);
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(500, "the counter burns"),
            Kind = RequestKind.Create,
            Times = int.MaxValue,
            When = r => r.Body.Contains("count()", StringComparison.Ordinal)
        });
        var result = await Export(bench, "events.ndjson", SearchStrategy.Around);
        Assert.Equal(CompletenessState.Unverified, result.Completeness.State);
        Assert.Contains("the counter burns", result.Completeness.Reason, StringComparison.Ordinal);
        Assert.Equal(result.Completeness.Reason, result.Manifest.Reason);
    }

    private static bool IsCount(RequestKind kind, string body) =>
        kind == RequestKind.Create && body.Contains("count()", StringComparison.Ordinal)
            && !body.Contains("bucket(", StringComparison.Ordinal);

    private Task<ExportOutcome> Export(TestBench bench, string name, SearchStrategy strategy, bool resume = false,
        CancellationToken cancellationToken = default)
    {
        var target = new ExportTarget { Path = _folder.In(name), Format = ExportFormats.FromPath(name, out _) };
        var spec = TestBench.Spec() with { Strategy = strategy };
        return new ExportRun(bench.Connection, new ExportRequest(spec, target) { Resume = resume }, new SignalLog()).RunAsync(
            cancellationToken);
    }

    private sealed class NoSink : IWindowSink, IWindowWriter
    {
        public bool KeepsPages => false;

        public IWindowWriter Open(TimeWindow window) => this;

        public void Split(TimeWindow window, IReadOnlyList<TimeWindow> parts)
        {
        }

        public void Append(Page<Record> page)
        {
        }

        public void Commit(RowNotes notes, long? counted, long dropped)
        {
        }

        public void Discard()
        {
        }
    }
}
