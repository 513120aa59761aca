using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>How often a search scans its range, according to the jobs that the simulator made.</summary>
public sealed class FewScansTests : IDisposable
{
    private const long Day = 86_400_000;
    private const long Start = TestBench.Newest - Day;
    private readonly TemporaryFolder _folder = new();
    private int _files;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, true)]
    [InlineData(150, true)]
    [InlineData(3_000, true)]
    [InlineData(12_345, true)]
    [InlineData(150, false)]
    [InlineData(12_345, false)]
    public async Task A_result_that_fits_into_one_job_takes_two_scans(int count, bool isAbsolute)
    {
        using var bench = Bench(new SimulatorOptions()).Fill(count);
        var result = await ExportAsync(bench, isAbsolute ? Spec() : TestBench.Spec() with { Strategy = SearchStrategy.Auto });
        AssertWhole(bench, result);
        Assert.Equal(2, bench.Server.Jobs.Count);
        Assert.Single(bench.Server.Jobs, j => j.QueryString.EndsWith("tail(200000)", StringComparison.Ordinal));
        Assert.Single(bench.Server.Jobs, j => j.QueryString.Contains("count()", StringComparison.Ordinal));
        Assert.Equal(count, result.Completeness.ExpectedBefore);
    }

    [Fact]
    public async Task With_an_absolute_range_the_count_runs_beside_the_first_job()
    {
        using var bench = Bench(new SimulatorOptions { JobDuration = TimeSpan.FromMilliseconds(300) }).Fill(300);
        var requests = new List<string>();
        bench.Server.RequestHandled += r =>
        {
            lock (requests)
                requests.Add(r.Kind == RequestKind.Create && r.Body.Contains("count()", StringComparison.Ordinal)
                    ? "count"
                    : r.Kind.ToString());
        };
        await ExportAsync(bench, Spec());
        lock (requests)
            Assert.True(requests.IndexOf("count") < requests.IndexOf(nameof(RequestKind.Delete)), string.Join(" ", requests));
    }

    [Theory]
    [InlineData(10_000, 10_000)]
    [InlineData(10_000, 60_000)]
    [InlineData(20_000, 60_000)]
    public async Task A_larger_result_takes_about_three_scans(int maxTail, int count)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = maxTail }).Fill(count);
        var result = await ExportAsync(bench, Spec());
        AssertWhole(bench, result);
        Assert.Equal("Window", result.Manifest.Strategy);
        Assert.InRange(Scans(bench), 3, 3.1);
        Assert.DoesNotContain(bench.Server.Jobs, j => j.IsAround || j.QueryString.EndsWith("| count()", StringComparison.Ordinal));
        Assert.Equal(count, result.Completeness.ExpectedBefore);
    }

    [Fact]
    public async Task A_refused_size_costs_no_scan_and_is_not_tried_again()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 }).Fill(3_000);
        AssertWhole(bench, await ExportAsync(bench, Spec()));
        Assert.Equal(2, bench.Server.Requests.Count(r => r.Status == 400));
        Assert.Equal(2, bench.Server.Jobs.Count);
        bench.Server.Reset();
        AssertWhole(bench, await ExportAsync(bench, Spec()));
        Assert.DoesNotContain(bench.Server.Requests, r => r.Status == 400);
    }

    [Theory]
    [InlineData(SearchStrategy.Auto, TestBench.Query, 200)]
    [InlineData(SearchStrategy.Auto, TestBench.Query + " | tail(50)", null)]
    [InlineData(SearchStrategy.Around, TestBench.Query, null)]
    [InlineData(SearchStrategy.Window, TestBench.Query, null)]
    [InlineData(SearchStrategy.Stream, TestBench.Query, null)]
    public async Task Other_searches_begin_with_a_plain_job(SearchStrategy strategy, string query, int? limit)
    {
        using var bench = Bench(new SimulatorOptions()).Fill(500);
        await ExportAsync(bench, Spec() with { Query = query, Strategy = strategy, MaxEvents = limit });
        Assert.Equal(query, bench.Server.Jobs[0].QueryString);
    }

    [Fact]
    public async Task A_limit_is_the_size_of_the_first_job()
    {
        using var bench = Bench(new SimulatorOptions()).Fill(9_000);
        var result = await ExportAsync(bench, Spec() with { MaxEvents = 5_000 });
        Assert.Equal((CompletenessState.Complete, 5_000), (result.Completeness.State, result.Manifest.Counts.Written));
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query).Take(5_000), File.ReadAllLines(LastFile));
        Assert.Equal(TestBench.Query + "\n| tail(5000)", bench.Server.Jobs[0].QueryString);
        Assert.Equal(2, bench.Server.Jobs.Count);
    }

    [Theory]
    [InlineData(EventOrder.NewestFirst, true, false, false)]
    [InlineData(EventOrder.OldestFirst, false, true, false)]
    [InlineData(EventOrder.OldestFirst, true, false, true)]
    public async Task The_bytes_do_not_depend_on_what_the_server_leaves_open(EventOrder order, bool aggregate, bool hasMore,
        bool ignoresPages)
    {
        using var bench = Bench(new SimulatorOptions
        {
            TailOrder = order,
            TailIsAggregate = aggregate,
            TailHasMore = hasMore,
            IgnoresPagination = ignoresPages
        })
            .Fill(9_000, crowd: 600);
        foreach (var spec in new[] { Spec(), Spec() with { Parallel = 1 } })
        {
            AssertWhole(bench, await ExportAsync(bench, spec));
            var walked = await bench.WalkAsync(spec);
            Assert.Equal(bench.Server.Events.Matching(TestBench.Query), walked.Events);
            Assert.Equal((CompletenessState.Complete, 0), (walked.Verdict.State, walked.JobsLeft));
        }
    }

    [Theory]
    [InlineData(3_000)]
    [InlineData(9_000)]
    [InlineData(10_000)]
    [InlineData(25_000)]
    public async Task The_pipeline_hands_on_the_first_job_and_goes_on_at_its_oldest_instant(int count)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 }).Fill(count, crowd: 600);
        var outcome = await bench.WalkAsync(Spec());
        Assert.True(bench.Server.Events.Matching(TestBench.Query).SequenceEqual(outcome.Events), "other events, or another order");
        Assert.Equal((CompletenessState.Complete, count), (outcome.Verdict.State, outcome.Verdict.Received));
        if (count < 10_000)
            Assert.Equal(2, bench.Server.Jobs.Count);
        else
            Assert.All(bench.Server.Jobs.Where(j => j.QueryString.Contains("tail(", StringComparison.Ordinal)).Skip(1),
                j => Assert.True(j.EndMs < TestBench.Newest - 90_000));
        Assert.InRange(Scans(bench), 2, 3.1);
    }

    [Theory]
    [InlineData(250)]
    [InlineData(190)]
    [InlineData(7)]
    public async Task The_pipeline_goes_on_at_an_instant_with_many_events(int instant)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 100 });
        bench.Server.Events.Add(Enumerable.Range(0, 1_500).Select(i => TestBench.Event(i, TestBench.Newest - (i / instant * 7L))));
        var outcome = await bench.WalkAsync(Spec());
        Assert.Null(outcome.Error);
        Assert.Equal("Window", outcome.Strategy);
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query), outcome.Events);
        Assert.Equal(CompletenessState.Complete, outcome.Verdict.State);
    }

    [Fact]
    public async Task A_run_that_is_killed_between_two_slices_resumes_to_the_same_bytes()
    {
        using var bench = Bench(new SimulatorOptions()).Fill(12_345);
        var killed = Directory.CreateDirectory(_folder.In("killed.ndjson.partial"));
        bench.Server.RequestHandled += r =>
        {
            if (r.Kind != RequestKind.Poll || !r.PathAndQuery.Contains("paginationOffset=8000", StringComparison.Ordinal)
                || killed.EnumerateFiles().Any())
                return;
            foreach (var file in Directory.GetFiles(LastFile + ".partial").Where(f => !f.EndsWith("lock", StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(killed.FullName, Path.GetFileName(file)));
        };
        AssertWhole(bench, await ExportAsync(bench, TestBench.Spec() with { Strategy = SearchStrategy.Auto }));
        Assert.Contains(killed.EnumerateFiles(), f => f.Name == "checkpoint.json");

        var target = new ExportTarget { Path = _folder.In("killed.ndjson"), Format = ExportFormat.NdJson };
        var request = new ExportRequest(TestBench.Spec() with { Strategy = SearchStrategy.Auto }, target) { Resume = true };
        var resumed = await new ExportRun(bench.Connection, request, new SignalLog()).RunAsync(default);
        Assert.Equal(CompletenessState.Complete, resumed.Completeness.State);
        Assert.Equal(await File.ReadAllBytesAsync(LastFile), await File.ReadAllBytesAsync(target.Path));
    }

    [Theory]
    [InlineData(100, AnswerKinds.Plain)]
    [InlineData(10_000, AnswerKinds.Tail)]
    public async Task Rows_that_the_first_job_lacks_are_read_last(int maxTail, AnswerKinds first)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = maxTail }).Fill(12_000);
        bench.Server.Options.AnswerFaults.Add(new AnswerFault(AnswerFaultKind.LostRow, 3) { On = first, Times = 1 });
        var outcome = await bench.WalkAsync(Spec());
        Assert.Equal((CompletenessState.Complete, 12_000), (outcome.Verdict.State, outcome.Verdict.Received));
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query).Order(StringComparer.Ordinal),
            outcome.Events.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_first_page_is_handed_on_before_anything_else_is_requested()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 }).Fill(25_000);
        await bench.WalkAsync(Spec());
        bench.Server.Reset();
        await using (var search = new LogScale.LogScaleSearch(bench.Connection, Spec(), bench.Signals))
        {
            await foreach (var page in PageStream.Prefetch(token => search.PagesAsync(null, token)))
            {
                Assert.Equal(4_000, page.Items.Count);
                break;
            }
        }
        Assert.Single(bench.Server.Jobs);
        Assert.Equal([RequestKind.Create, RequestKind.Poll, RequestKind.Delete], bench.Server.Requests.Select(r => r.Kind));
    }

    [Theory]
    [InlineData(1_000L, 60, "not counted again")]
    [InlineData(null, 60, null)]
    [InlineData(null, 3_700, "not counted again")]
    [InlineData(172_800_000L, 3_700, null)]
    public async Task A_range_that_is_older_than_the_ingest_lag_is_counted_once(long? lagMs, int ageSeconds, string? recount)
    {
        using var bench = Bench(Aged(ageSeconds, lagMs)).Fill(3_000);
        var result = await ExportAsync(bench, Spec() with { Strategy = SearchStrategy.Window });
        AssertWhole(bench, result);
        var counts = bench.Server.Jobs.Where(j => j.QueryString.EndsWith("| count()", StringComparison.Ordinal)).ToList();
        if (recount is not null)
        {
            Assert.Single(counts);
            Assert.Null(result.Completeness.ExpectedAfter);
            Assert.StartsWith(recount, result.Manifest.Counts.Recount, StringComparison.Ordinal);
            return;
        }
        Assert.Equal(2, counts.Count);
        Assert.Equal(3_000, result.Completeness.ExpectedAfter);
        Assert.Equal(lagMs is null, result.Manifest.Counts.Recount is not null);
        Assert.Equal(lagMs is null ? bench.Server.Options.Now!.Value.ToUnixTimeMilliseconds() - 3_600_000 : Start, counts[1].StartMs,
            2_000.0);
    }

    [Fact]
    public async Task Late_events_in_the_part_that_can_change_are_named()
    {
        using var bench = Bench(Aged(60, null)).Fill(3_000);
        AddBeforeTheLastCount(bench, Enumerable.Range(0, 3).Select(i => TestBench.Event(90_000 + i, TestBench.Newest - 10)));
        var result = await ExportAsync(bench, Spec() with { Strategy = SearchStrategy.Window });
        Assert.Equal((CompletenessState.Complete, 3, 3_003L),
            (result.Completeness.State, result.Completeness.Late, result.Completeness.ExpectedAfter));
    }

    [Fact]
    public async Task A_difference_is_explained_by_a_count_of_the_whole_range()
    {
        using var bench = Bench(Aged(60, 1_000)).Fill(3_000);
        // Events come after the count, in a part that is old, and are received: more events than were counted.
        var fetching = 0;
        bench.Server.RequestHandled += r =>
        {
            if (r.Kind == RequestKind.Create && r.Body.Contains("bucket(", StringComparison.Ordinal)
                && Interlocked.Increment(ref fetching) == 1)
                bench.Server.Events.Add(Enumerable.Range(0, 3).Select(i => TestBench.Event(90_000 + i, TestBench.Newest - 20_000)));
        };
        var result = await ExportAsync(bench, Spec() with { Strategy = SearchStrategy.Window, Parallel = 1 });
        Assert.Equal((3_003L, 3_003L, null),
            (result.Completeness.Received, result.Completeness.ExpectedAfter, result.Manifest.Counts.Recount));
    }

    [Theory]
    [InlineData(AnswerFaultKind.HistogramOff, 40, 3_000)]
    [InlineData(AnswerFaultKind.HistogramEmpty, 1, 9_000)]
    [InlineData(AnswerFaultKind.HistogramEmpty, 1, 25_000)]
    public async Task A_histogram_that_contradicts_the_events_is_no_count(AnswerFaultKind kind, long amount, int count)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 }).Fill(count);
        bench.Server.Options.AnswerFaults.Add(new AnswerFault(kind, amount));
        AssertWhole(bench, await ExportAsync(bench, Spec()));
        Assert.Contains(bench.Server.Jobs, j => j.QueryString.EndsWith("| count()", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dense_instants_take_few_jobs(bool isFoundLater)
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 100 });
        // 28 instants of 250 events over a day, with a buffer of 200 rows.
        bench.Server.Events.Add(Enumerable.Range(0, 7_000).Select(i => TestBench.Event(i, TestBench.Newest - (i / 250 * 3_000_017L))));
        if (isFoundLater)
            bench.Server.Options.AnswerFaults.Add(new AnswerFault(AnswerFaultKind.HistogramEmpty) { Times = 1 });
        var result = await ExportAsync(bench, Spec() with { Strategy = SearchStrategy.Window });
        AssertWhole(bench, result);
        Assert.Equal("Window", result.Manifest.Strategy);
        var histograms = bench.Server.Jobs.Count(j => j.QueryString.Contains("bucket(", StringComparison.Ordinal));
        Assert.InRange(bench.Server.Jobs.Count - histograms, 35, 7_000 / 200 * 1.3);
        Assert.InRange(histograms, 1, 1 + (2 * 28) + 1);
    }

    [Fact]
    public async Task Dense_instants_among_others_are_read_in_order()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 100 });
        var random = new Random(3);
        var number = 0;
        foreach (var (at, events) in Enumerable.Range(0, 40).Select(i => (i * 1_700_003L, i % 3 == 0 ? 250 : i % 3 == 1 ? 90 : 201)))
            bench.Server.Events.Add(Enumerable.Range(0, events).Select(
                _ => TestBench.Event(number++, TestBench.Newest - at - (events == 90 ? random.Next(5_000) : 0))));
        var result = await ExportAsync(bench, Spec() with { Strategy = SearchStrategy.Window });
        AssertWhole(bench, result);
        var walked = await bench.WalkAsync(Spec() with { Strategy = SearchStrategy.Window });
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query), walked.Events);
    }

    private static void AddBeforeTheLastCount(TestBench bench, IEnumerable<string> events)
    {
        var counts = 0;
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(500, "never"),
            When = r =>
            {
                if (r.Kind == RequestKind.Create && r.Body.Contains("| count()", StringComparison.Ordinal) && ++counts == 2)
                    bench.Server.Events.Add(events);
                return false;
            },
        });
    }

    // Each event was scanned as often as a job had it in its range.
    private static double Scans(TestBench bench) => bench.Server.Jobs.Sum(j => j.EndMs - j.StartMs) / (double)(Day + 1);

    private static SimulatorOptions Aged(int seconds, long? lagMs) => new()
    {
        EventCount = 0,
        MaxTail = 10_000,
        MaxIngestLatencyMs = lagMs,
        Now = DateTimeOffset.FromUnixTimeMilliseconds(TestBench.Newest + 1 + (seconds * 1000L)),
    };

    private static TestBench Bench(SimulatorOptions options)
    {
        options.EventCount = 0;
        options.Now ??= DateTimeOffset.FromUnixTimeMilliseconds(TestBench.Newest + 60_000);
        return new TestBench(options, o => o with { ThrottleLimit = 16, Time = new FastTimeProvider(40) });
    }

    private static SearchSpec Spec() => new(TestBench.Query)
    {
        Start = QueryTime.At(Start),
        End = QueryTime.At(TestBench.Newest + 1),
        Strategy = SearchStrategy.Auto,
    };

    private string LastFile => _folder.In($"{_files}.ndjson");

    private async Task<ExportOutcome> ExportAsync(TestBench bench, SearchSpec spec)
    {
        _files++;
        var target = new ExportTarget { Path = LastFile, Format = ExportFormat.NdJson };
        return await new ExportRun(bench.Connection, new ExportRequest(spec, target), new SignalLog()).RunAsync(default);
    }

    private void AssertWhole(TestBench bench, ExportOutcome result)
    {
        Assert.True(result.Completeness.State == CompletenessState.Complete, result.Completeness.ToString());
        Assert.True(bench.Server.Events.Matching(TestBench.Query).SequenceEqual(File.ReadAllLines(LastFile)),
            "other events, or another order");
        Assert.All(bench.Server.Jobs, job => Assert.True(job.IsDeleted, job.ToString()));
    }
}
