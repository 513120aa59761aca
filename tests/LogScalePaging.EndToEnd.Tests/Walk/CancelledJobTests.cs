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

/// <summary>If an administrator cancels the jobs of a query, it is not repeated without end.</summary>
public sealed class CancelledJobTests
{
    [Fact]
    public async Task A_query_that_is_cancelled_twice_is_not_made_again()
    {
        using var bench = new TestBench().Fill(900);
        bench.Server.Faults.Add(Fault.CancelledResult, RequestKind.Poll, times: int.MaxValue);
        var outcome = await bench.WalkAsync(TestBench.Spec() with { NoVerify = true });
        Assert.Contains("administrator", outcome.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(2, bench.Server.Requests.Count(r => r.Kind == RequestKind.Create));
        Assert.Equal(0, outcome.JobsLeft);
    }

    [Fact]
    public async Task One_that_is_cancelled_once_is_made_again()
    {
        using var bench = new TestBench().Fill(900);
        bench.Server.Faults.Add(Fault.CancelledResult, RequestKind.Poll);
        var outcome = await bench.WalkAsync();
        Assert.Equal(900, outcome.Events.Count);
        Assert.Equal(CompletenessState.Complete, outcome.Verdict.State);
    }

    [Fact]
    public async Task Windows_whose_jobs_are_cancelled_end_the_export_soon()
    {
        using var folder = new TemporaryFolder();
        using var bench = new TestBench(new SimulatorOptions { MaxTail = 100 }).Fill(9_000);
        // After the plan, everything. Some 100 windows make their first job before one of them makes its second.
        bench.Server.Faults.Add(Fault.CancelledResult, RequestKind.Poll, nth: 12, times: int.MaxValue);
        var target = new ExportTarget { Path = folder.In("out.ndjson"), Format = ExportFormat.NdJson };
        var spec = TestBench.Spec() with { Strategy = SearchStrategy.Window, Parallel = 4 };
        var run = new ExportRun(bench.Connection, new ExportRequest(spec, target), bench.Signals);
        string? why = null;
        try
        {
            why = (await run.RunAsync(default)).Error?.Message;
        }
        catch (PagingException e)
        {
            why = e.Message;
        }
        Assert.Contains("cancelled on the server", why, StringComparison.Ordinal);
        Assert.InRange(bench.Server.Requests.Count(r => r.Kind == RequestKind.Create), 2, 120);
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_load_balancer_that_knows_its_servers_by_a_cookie_is_served(bool windows)
    {
        using var bench = new TestBench(new SimulatorOptions { BalancerCookie = "AWSALB" }).Fill(900);
        var outcome = await bench.WalkAsync(windows ? TestBench.Spec() with { Strategy = SearchStrategy.Window } : null);
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query), outcome.Events);
        Assert.Equal(CompletenessState.Complete, outcome.Verdict.State);
        Assert.Equal(0, bench.Signals.CountOf(SignalKind.JobRecreated));
    }
}
