using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>A run is stopped while the server creates a job, and the answer is lost.</summary>
public sealed class StoppedCreateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_job_whose_id_arrived_in_an_error_is_deleted(int retries)
    {
        var (left, orphaned) = await StopAsync(id => Fault.Status(502, $$"""{"id": "{{id}}"}"""), retries);
        Assert.Equal((0, 0), (left, orphaned));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_job_whose_id_is_unknown_is_reported(int retries)
    {
        var (left, orphaned) = await StopAsync(_ => Fault.ResetAfter, retries);
        Assert.Equal((2, 1), (left, orphaned));
    }

    private static async Task<(int Left, int Orphaned)> StopAsync(Func<string, Fault> fault, int retries)
    {
        using var bench = new TestBench(transport: o => o with { MaxRetryCount = retries }).Fill(50);
        var client = bench.Connection.Client(bench.Signals);
        var spec = new QueryJobSpec(TestBench.Query) { Start = QueryTime.Parse("1d") };
        bench.Server.Faults.Add(fault(await client.CreateAsync(spec, default)), RequestKind.Create);
        using var stop = new CancellationTokenSource();
        bench.Server.RequestHandled += r =>
        {
            if (r.Kind == RequestKind.Create)
                stop.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.CreateAsync(spec, stop.Token));
        return (bench.Server.LiveJobCount, (int)bench.Signals.CountOf(SignalKind.JobOrphaned));
    }
}
