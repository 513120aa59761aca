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

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>The knowledge about the server's result buffer may be wrong for the next search, or wrong from the start.</summary>
public sealed class ResultBufferTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_query_that_refuses_tail_uses_small_windows_although_another_accepted_it()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 }).Fill(3_000, crowd: 300);
        await AssertWholeAsync(bench, "first.ndjson", TestBench.Query);
        const string second = TestBench.Query + " n=*";
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(400, "tail() cannot follow this"),
            Kind = RequestKind.Create,
            Times = int.MaxValue,
            When = r => r.Body.Contains("n=*", StringComparison.Ordinal) && r.Body.Contains("tail(", StringComparison.Ordinal),
        });
        await AssertWholeAsync(bench, "second.ndjson", second);
    }

    [Fact]
    public async Task A_refused_size_is_not_tried_again_on_the_connection()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 }).Fill(3_000);
        await AssertWholeAsync(bench, "first.ndjson", TestBench.Query);
        bench.Server.Reset();
        await AssertWholeAsync(bench, "second.ndjson", TestBench.Query + " n=*");
        await AssertWholeAsync(bench, "third.ndjson", TestBench.Query + " n=*");
        Assert.DoesNotContain(bench.Server.Requests, r => r.Kind == RequestKind.Create && r.Status == 400);
        // Its order and whether it is taken at all is asked once a query.
        Assert.Single(bench.Server.Jobs,
            j => j.QueryString.Contains("tail(", StringComparison.Ordinal) && j.StartMs > TestBench.Newest - 3_000);
    }

    [Theory]
    [InlineData(EventOrder.NewestFirst)]
    [InlineData(EventOrder.OldestFirst)]
    public async Task An_unexpected_order_does_not_reorder_events(EventOrder order)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 20_000, TailOrder = order });
        bench.Server.Events.Add(SkewedDay.Events(24_000, second: 3_000, instant: 600));
        await using var search = new LogScaleSearch(bench.Connection, TestBench.Spec() with { Strategy = SearchStrategy.Window },
            bench.Signals);
        await search.OpenAsync(toFile: true, default);
        var wrong = search.Buffer! with { OldestFirst = order == EventOrder.NewestFirst };
        Assert.NotEqual(wrong, search.Buffer);
        var sink = new Sink();
        await search.FetchWindowsAsync(search.Plan!.Windows!, wrong, sink, default);
        var truth = bench.Server.Events.Matching(TestBench.Query);
        Assert.Equal(truth.Count, sink.Events.Count());
        Assert.True(truth.SequenceEqual(sink.Events), "the order differs");
        Assert.Equal(CompletenessState.Complete, (await search.JudgeAsync(default)).State);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(5_000)]
    public async Task A_tail_with_fewer_events_than_requested_is_split_until_all_are_received(int brings)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 20_000, TailBrings = brings }).Fill(12_000, crowd: 450);
        await AssertWholeAsync(bench, "cut.ndjson", TestBench.Query);
    }

    [Fact]
    public async Task An_interruption_while_a_window_is_counted_keeps_no_window_that_may_be_short()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 }).Fill(2_000);
        using var stop = new CancellationTokenSource();
        await using var search = new LogScaleSearch(bench.Connection, TestBench.Spec() with { Strategy = SearchStrategy.Window },
            bench.Signals);
        await search.OpenAsync(toFile: true, default);
        Assert.Equal(2_000, search.ExpectedBefore);
        var window = Assert.Single(search.Plan!.Windows!);
        bench.Server.RequestHandled += r =>
        {
            if (r.Kind == RequestKind.Create && r.Body.Contains("count()", StringComparison.Ordinal))
                stop.Cancel();
        };
        var sink = new Sink();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => search.FetchWindowsAsync([window with { Planned = 2_001 }], search.Buffer!, sink, stop.Token));
        Assert.Empty(sink.Windows);
    }

    [Fact]
    public async Task A_window_is_never_left_out_without_a_report()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 }).Fill(2_000);
        await using var search = new LogScaleSearch(bench.Connection, TestBench.Spec() with { Strategy = SearchStrategy.Window },
            bench.Signals);
        await search.OpenAsync(toFile: true, default);
        var sink = new Sink { OnOpen = () => throw new OperationCanceledException("not cancelled by the user") };
        await Assert.ThrowsAsync<PagingException>(() => search.FetchWindowsAsync(search.Plan!.Windows!, search.Buffer!, sink, default));
    }

    private static TestBench Bench(SimulatorOptions options) =>
        new(options, o => o with { ThrottleLimit = 16, Timeout = TimeSpan.FromSeconds(60), Time = new FastTimeProvider(40) });

    private async Task AssertWholeAsync(TestBench bench, string file, string query)
    {
        var target = new ExportTarget { Path = _folder.In(file), Format = ExportFormat.NdJson };
        var spec = TestBench.Spec(query) with { Strategy = SearchStrategy.Window };
        var result = await new ExportRun(bench.Connection, new ExportRequest(spec, target), new SignalLog()).RunAsync(default);
        Assert.True(result.Completeness.State == CompletenessState.Complete, result.Completeness.ToString());
        Assert.Equal("Window", result.Manifest.Strategy);
        var truth = bench.Server.Events.Matching(TestBench.Query);
        Assert.True(truth.SequenceEqual(File.ReadAllLines(_folder.In(file))), "other events, or another order");
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    private sealed class Sink : IWindowSink
    {
        public Dictionary<long, List<string>> Windows { get; } = [];

        public Action OnOpen { get; init; } = () => { };

        public IEnumerable<string> Events => Windows.OrderByDescending(w => w.Key).SelectMany(w => w.Value);

        public IWindowWriter Open(TimeWindow window)
        {
            OnOpen();
            return new Writer(this, window);
        }

        public void Split(TimeWindow window, IReadOnlyList<TimeWindow> parts)
        {
        }

        private sealed class Writer(Sink owner, TimeWindow window) : IWindowWriter
        {
            private readonly List<string> _events = [];

            public bool KeepsPages => false;

            public void Append(Page<Record> page) => _events.AddRange(page.Items.Select(e => e.ToString()));

            public void Commit(RowNotes notes, long? counted, long dropped)
            {
                lock (owner.Windows)
                    owner.Windows[window.End] = _events;
            }

            public void Discard() => _events.Clear();
        }
    }
}
