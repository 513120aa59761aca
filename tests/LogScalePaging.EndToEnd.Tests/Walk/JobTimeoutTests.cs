using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>A query job that makes no progress is given up, on a clock that runs fast.</summary>
public sealed class JobTimeoutTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder = new();
    private readonly FastTimeProvider _time = new(40);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SearchStrategy.Auto, 1)]
    [InlineData(SearchStrategy.Around, 2)]
    public async Task A_job_that_is_never_done_ends_the_search_with_what_the_server_did(SearchStrategy strategy, int jobs)
    {
        using var bench = Bench().Fill(900);
        bench.Server.Faults.Add(Fault.NotDone, RequestKind.Poll, times: int.MaxValue);
        var outcome = await bench.WalkAsync(Spec() with { Strategy = strategy }).WaitAsync(s_limit);
        Assert.True(Assert.IsType<JobLostException>(outcome.Error!.InnerException).TimedOut);
        Assert.True(outcome.Error.Message.Contains("no progress", StringComparison.Ordinal), outcome.Error.Message);
        Assert.Contains("has made no progress for 60 s (9 of 10 units of work are done)", outcome.Error.Message, StringComparison.Ordinal);
        Assert.Contains("--job-timeout", outcome.Error.Message, StringComparison.Ordinal);
        Assert.Equal(CompletenessState.Incomplete, outcome.Verdict.State);
        // The job, and the count if it runs beside it: neither is made again.
        Assert.Equal(jobs, bench.Server.Jobs.Count);
        Assert.InRange(outcome.JobsLeft, 0, bench.Signals.CountOf(SignalKind.JobOrphaned));
    }

    [Fact]
    public async Task The_time_is_the_one_that_was_given()
    {
        using var bench = Bench().Fill(900);
        bench.Server.Faults.Add(Fault.NotDone, RequestKind.Poll, times: int.MaxValue);
        var outcome = await bench.WalkAsync(TestBench.Spec() with { JobTimeout = TimeSpan.FromSeconds(20) }).WaitAsync(s_limit);
        Assert.Contains("no progress for 20 s", outcome.Error!.Message, StringComparison.Ordinal);
        // About every 5 s of its clock, more often at the beginning. The clock runs fast, so a busy machine sees more polls of one second.
        Assert.InRange(bench.Server.Requests.Count(r => r.Kind == RequestKind.Poll), 2, 40);
    }

    [Fact]
    public async Task A_job_that_takes_longer_but_makes_progress_is_waited_for()
    {
        // A unit of work takes 12 s.
        using var bench = Bench(new SimulatorOptions
        {
            JobDuration = TimeSpan.FromMinutes(2),
            JobLifetime = TimeSpan.FromDays(9),
            TimeProvider = _time
        }).Fill(150);
        var outcome = await bench.WalkAsync(Spec()).WaitAsync(s_limit);
        Assert.Null(outcome.Error);
        Assert.Equal((150, CompletenessState.Complete), (outcome.Events.Count, outcome.Verdict.State));
    }

    [Theory]
    [InlineData(SearchStrategy.Auto)]
    [InlineData(SearchStrategy.Around)]
    [InlineData(SearchStrategy.Stream)]
    public async Task A_count_that_is_never_done_is_a_failed_count_but_not_a_failed_export(SearchStrategy strategy)
    {
        using var bench = Bench().Fill(900);
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.NotDone,
            Kind = RequestKind.Poll,
            Times = int.MaxValue,
            When = r => bench.Server.Jobs.Any(
                j => r.Path.Contains(j.Id, StringComparison.Ordinal) && j.QueryString.Contains("count()", StringComparison.Ordinal)),
        });
        var target = new ExportTarget { Path = _folder.In("events.ndjson"), Format = ExportFormat.NdJson };
        var run = new ExportRun(bench.Connection, new ExportRequest(Spec() with { Strategy = strategy }, target), bench.Signals);
        var result = await run.RunAsync(default).WaitAsync(s_limit);
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query), File.ReadAllLines(target.Path));
        Assert.Equal(CompletenessState.Unverified, result.Completeness.State);
        Assert.Contains("no progress", result.Completeness.Reason, StringComparison.Ordinal);
        Assert.InRange(bench.Server.LiveJobCount, 0, bench.Signals.CountOf(SignalKind.JobOrphaned));
    }

    [Fact]
    public async Task A_job_of_a_cmdlet_is_cancelled_too()
    {
        using var bench = Bench().Fill(900);
        bench.Server.Faults.Add(Fault.NotDone, RequestKind.Poll, times: int.MaxValue);
        var client = bench.Connection.Client(bench.Signals);
        var id = await client.CreateAsync(new QueryJobSpec(TestBench.Query), default);
        var failure = await Assert.ThrowsAsync<JobLostException>(
            () => new OpenJob(client, id, jobTimeout: TimeSpan.FromSeconds(60)).WaitAsync(null, default).WaitAsync(s_limit));
        Assert.True(failure.TimedOut);
        // It belongs to the user.
        Assert.Equal(1, bench.Server.LiveJobCount);
    }

    [Fact]
    public void The_default_is_an_hour() => Assert.Equal(TimeSpan.FromSeconds(3_600), TestBench.Spec().JobTimeout);

    private static SearchSpec Spec() => TestBench.Spec() with { JobTimeout = TimeSpan.FromSeconds(60) };

    private TestBench Bench(SimulatorOptions? options = null)
    {
        options ??= new SimulatorOptions();
        options.PollAfterMs = 5_000;
        return new TestBench(options, o => o with { Time = _time, Timeout = TimeSpan.FromHours(1), RetryBudget = TimeSpan.FromDays(9) });
    }
}
