using LogScalePaging.Axiom;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Axiom;
using LogScalePaging.EndToEnd.Tests.FalconRest;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.EndToEnd.Tests.Tanium;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;
using LogScalePaging.Simulator;
using LogScalePaging.Tanium;

namespace LogScalePaging.EndToEnd.Tests.Export;

/// <summary>Runs with a time limit: stopped at every request, moved to another place, and resumed there.</summary>
public sealed class StopAfterTests : IDisposable
{
    private static readonly TimeSpan s_limit = new(2, 45, 0);

    private readonly TemporaryFolder _folder = new();
    private readonly LeapingTimeProvider _time = new(ordinary: TimeSpan.FromHours(2));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SearchStrategy.Around)]
    [InlineData(SearchStrategy.Window)]
    [InlineData(SearchStrategy.Auto)]
    public async Task A_LogScale_export_goes_on_elsewhere_to_the_same_bytes(SearchStrategy strategy)
    {
        using var bench = new TestBench(new SimulatorOptions { MaxTail = 300 }, o => o with { Time = _time, MaxRetryCount = 0 }).Fill(1_300,
            crowd: 150);
        await StopAtEveryRequestAsync(bench.Connection, TestBench.Spec() with { Strategy = strategy, Parallel = 2 }, bench.Server.Faults,
            () => bench.Server.LiveJobCount);
    }

    [Fact]
    public async Task An_Axiom_export_goes_on_elsewhere_to_the_same_bytes()
    {
        using var bench = new AxiomBench();
        using var connection = new AxiomSettings
        {
            BaseUrl = bench.Server.BaseUrl.AbsoluteUri,
            Token = ConnectionSettings.Secret(bench.Options.Token),
            OrganisationId = bench.Options.OrganisationId
        }
            .Connect(_ => null, o => o with { Time = _time, MaxRetryCount = 0 });
        await StopAtEveryRequestAsync(connection, bench.Request with { Paging = AxiomPaging.Time, PageSize = 40 }, bench.Options.Faults);
    }

    [Fact]
    public async Task A_Falcon_export_goes_on_elsewhere_to_the_same_bytes()
    {
        using var bench = new FalconRestBench(90);
        await using var connection = bench.Connect(_time);
        await StopAtEveryRequestAsync(connection, FalconRestBench.Request("/devices/combined/devices/v1"), bench.Server.Faults);
    }

    [Fact]
    public async Task A_Tanium_export_goes_on_elsewhere_to_the_same_bytes()
    {
        using var bench = new TaniumBench(95);
        using var connection = new TaniumSettings
        {
            BaseUrl = bench.Server.BaseUrl.AbsoluteUri,
            Token = ConnectionSettings.Secret(TaniumBench.Secret)
        }
            .Connect(_ => null, o => o with { Time = _time, MaxRetryCount = 0 });
        await StopAtEveryRequestAsync(connection, TaniumBench.Request(), bench.Options.Faults);
    }

    [Fact]
    public async Task A_time_that_passes_before_the_first_page_leaves_nothing_and_is_no_error()
    {
        using var bench = new TestBench(transport: o => o with { Time = _time }).Fill(500);
        LeapAt(bench.Server.Faults, request: 1);
        var stopped = await RunAsync(bench.Connection, Request(TestBench.Spec(), "a.ndjson"));

        Assert.Equal((CompletenessState.Incomplete, 0L), (stopped.Completeness.State, stopped.Completeness.Received));
        Assert.Equal("the run was stopped after 2h45m, the time given by -StopAfter (--stop-after)", stopped.Completeness.Reason);
        Assert.Null(stopped.PartialPath);
        Assert.Null(stopped.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Equal(0, bench.Server.LiveJobCount);

        bench.Server.Faults.Clear();
        var whole = await RunAsync(bench.Connection, Request(TestBench.Spec(), "a.ndjson"));
        Assert.Equal((CompletenessState.Complete, 500L), (whole.Completeness.State, whole.Completeness.Received));
        Assert.Null(whole.StoppedAfter);
    }

    [Fact]
    public async Task A_time_that_earlier_exports_of_the_command_used_is_not_there_for_this_one()
    {
        using var bench = new TestBench(transport: o => o with { Time = _time }).Fill(500);
        var late = Request(TestBench.Spec(), "a.ndjson") with { UsedBefore = s_limit };
        var stopped = await RunAsync(bench.Connection, late);
        Assert.Equal((CompletenessState.Incomplete, s_limit, null),
            (stopped.Completeness.State, stopped.StoppedAfter, stopped.PartialPath));
        // The time that the user gave, not what was left of it.
        Assert.Equal("the run was stopped after 2h45m, the time given by -StopAfter (--stop-after)", stopped.Completeness.Reason);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Equal(CompletenessState.Complete,
            (await RunAsync(bench.Connection, late with { UsedBefore = s_limit - TimeSpan.FromMinutes(30) })).Completeness.State);
    }

    [Fact]
    public async Task An_interruption_by_the_user_is_reported_as_one_although_the_time_has_passed()
    {
        using var bench = new TestBench(transport: o => o with { Time = _time }).Fill(3_000);
        using var stop = new CancellationTokenSource();
        bench.Server.RequestHandled += request =>
        {
            if (request.Kind != RequestKind.Create || request.Number <= 20)
                return;
            stop.Cancel();
            _time.Leap(s_limit);
        };
        var result = await RunAsync(bench.Connection, Request(TestBench.Spec(), "a.ndjson"), stop.Token);
        Assert.True(result.Interrupted);
        Assert.Null(result.StoppedAfter);
    }

    private async Task StopAtEveryRequestAsync(SearchConnection connection, SearchRequest search, FaultPlan faults, Func<int>? jobs = null)
    {
        var whole = await RunAsync(connection, Request(search, "whole.ndjson"));
        Assert.Equal(CompletenessState.Complete, whole.Completeness.State);
        var expected = await File.ReadAllBytesAsync(_folder.In("whole.ndjson"));
        var (position, kept) = (0, 0);
        while (true)
        {
            var name = $"stopped-{++position}.ndjson";
            LeapAt(faults, position);
            var stopped = await RunAsync(connection, Request(search, name));
            faults.Clear();
            Assert.Equal(0, jobs?.Invoke() ?? 0);
            if (stopped.StoppedAfter is null)
            {
                // The run had fewer requests.
                Assert.Equal(CompletenessState.Complete, stopped.Completeness.State);
                break;
            }
            Assert.Equal((CompletenessState.Incomplete, s_limit), (stopped.Completeness.State, stopped.StoppedAfter));
            Assert.False(File.Exists(_folder.In(name)));
            if (stopped.PartialPath is not { } partial)
            {
                Assert.Equal(0, stopped.Completeness.Received);
                continue;
            }
            kept++;
            // Durable storage, and then another machine, where the output gets another name.
            var stored = Directory.CreateDirectory(_folder.In("stored")).FullName;
            var elsewhere = Directory.CreateDirectory(_folder.In($"elsewhere-{position}")).FullName;
            Directory.Move(partial, Path.Combine(stored, "kept"));
            Directory.Move(Path.Combine(stored, "kept"), Path.Combine(elsewhere, "moved.ndjson.partial"));
            var resumed = await RunAsync(connection,
                ExportRequest.Resuming(Path.Combine(elsewhere, "moved.ndjson"), Systems.Restore) with { StopAfter = s_limit });
            Assert.Equal(CompletenessState.Complete, resumed.Completeness.State);
            Assert.Equal(1, resumed.Manifest.Resumes);
            Assert.Equal(expected, await File.ReadAllBytesAsync(Path.Combine(elsewhere, "moved.ndjson")));
            Assert.True(ExportVerifier.Verify(resumed.ManifestPath!, null, default).IsValid);
            Assert.Equal(0, jobs?.Invoke() ?? 0);
        }
        Assert.True(kept > 1, $"{kept} of {position} runs kept something");
    }

    private void LeapAt(FaultPlan faults, int request)
    {
        var seen = 0;
        faults.Add(new FaultRule
        {
            Fault = Fault.Status(500, "never sent"),
            When = _ =>
            {
                if (Interlocked.Increment(ref seen) == request)
                    _time.Leap(s_limit);
                return false;
            },
        });
    }

    private ExportRequest Request(SearchRequest search, string name) =>
        new(search, new ExportTarget { Path = _folder.In(name), Format = ExportFormat.NdJson }) { StopAfter = s_limit };

    private static Task<ExportOutcome> RunAsync(SearchConnection connection, ExportRequest request,
        CancellationToken cancellationToken = default) =>
        new ExportRun(connection, request, new SignalLog()).RunAsync(cancellationToken);
}
