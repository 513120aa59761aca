using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;
using LogScalePaging.Tenants;

namespace LogScalePaging.EndToEnd.Tests.Tenants;

/// <summary>A time limit over the exports of several tenants.</summary>
public sealed class StopAfterTenantsTests
{
    private static readonly TimeSpan s_limit = new(2, 45, 0);

    [Fact]
    public async Task Running_exports_are_stopped_no_other_begins_and_the_next_run_continues()
    {
        var time = new LeapingTimeProvider(ordinary: TimeSpan.FromHours(2));
        var (creates, passes) = (0, true);
        using var bench = new TenantBench(TenantExports.AtOnce + 3, 600, o =>
        {
            (o.MaxTail, o.BufferSize) = (100, 100);
            o.Faults.Add(new FaultRule
            {
                Kind = RequestKind.Create,
                Fault = Fault.Status(500, "never sent"),
                When = _ =>
                {
                    if (Interlocked.Increment(ref creates) == 30 && passes)
                        time.Leap(s_limit);
                    return false;
                },
            });
        }, time);
        var cids = bench.Tenants.Select(t => t.Cid).ToList();
        var first = await bench.RunAsync(cids.Select(cid => bench.Export(cid)), stopAfter: s_limit);

        Assert.Equal(cids.Count, first.Count);
        var stopped = first.Values.Where(o => o.Result?.StoppedAfter == s_limit).ToList();
        Assert.NotEmpty(stopped);
        Assert.All(stopped, o => Assert.Equal("the run was stopped after 2h45m, the time given by -StopAfter (--stop-after)",
            TenantVerdict.Of(o).Reason));
        var late = first.Values.Where(o => o.Result is null).ToList();
        Assert.NotEmpty(late);
        Assert.All(late, o => Assert.Equal("The time limit was reached before the export of this tenant began.", o.Failure!.Message));
        Assert.Equal(CompletenessState.Incomplete, new TenantTotals([.. first.Values.Select(TenantVerdict.Of)]).State);
        Assert.Equal(0, bench.Server.LiveJobCount);

        passes = false;
        var second = await bench.RunAsync(cids.Select(cid => bench.Export(cid)), stopAfter: s_limit);
        Assert.All(second.Values, o => Assert.Equal((CompletenessState.Complete, o.Result?.Completeness.ExpectedBefore),
            (o.Result?.Completeness.State, o.Result?.Manifest.Counts.Written)));
        Assert.Contains(second.Values, o => o.Result!.Manifest.Resumes == 1);
    }

    [Fact]
    public async Task The_time_that_a_command_needed_for_its_input_counts()
    {
        using var bench = new TenantBench(2, 10);
        var cids = bench.Tenants.Select(t => t.Cid).ToList();
        var late = await bench.RunAsync(cids.Select(cid => bench.Export(cid)), stopAfter: s_limit, usedBefore: s_limit);
        Assert.All(late.Values, o => Assert.Equal("The time limit was reached before the export of this tenant began.",
            o.Failure?.Message));
        Assert.Equal(0, bench.Server.RequestCount);
        var early = await bench.RunAsync(cids.Select(cid => bench.Export(cid)), stopAfter: s_limit, usedBefore: s_limit / 2);
        Assert.All(early.Values, o => Assert.Equal(CompletenessState.Complete, o.Result?.Completeness.State));
    }
}
