using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Axiom;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Slices;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Slices;

public sealed class AxiomSliceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Merged_slices_of_Axiom_are_the_bytes_of_one_run(bool oldestFirst)
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 2_000, Ties = 40 });
        using var folder = new TemporaryFolder();
        var request = bench.Request with { OldestFirst = oldestFirst };
        var plan = await new ExportPlanner(bench.Connection, request, new PlanOptions(4), bench.Signals).PlanAsync(default);
        plan.Save(folder.In("plan.json"), force: false);
        Assert.Equal((4, 2_000L), (plan.Slices.Count, plan.Expected));
        Assert.All(plan.Slices, s => Assert.InRange(s.Expected, 300, 700));
        for (var i = 0; i < 4; i++)
        {
            var slice = SliceRun.Load(folder.In("plan.json"), i, null, _ => null);
            await RunAsync(bench, await slice.RequestAsync(bench.Connection, new SignalLog(), default));
        }
        var merged = await MergeRun.Load(folder.In("plan.json"), new MergeOptions(), new SignalLog(), TimeProvider.System)
            .RunAsync(bench.Connection, folder.In("all.ndjson"), null, default);
        Assert.Equal(CompletenessState.Complete, merged.Completeness.State);
        var target = new ExportTarget { Path = folder.In("single.ndjson"), Format = ExportFormat.NdJson };
        await RunAsync(bench, new ExportRequest(request, target));
        Assert.Equal(await File.ReadAllBytesAsync(target.Path), await File.ReadAllBytesAsync(folder.In("all.ndjson")));
    }

    // A request of Axiom ends at a whole millisecond, and its events have nanoseconds.
    [Fact]
    public async Task A_server_that_includes_the_end_of_a_range_is_refused()
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 2_000, Ties = 40, EndInclusive = true });
        var refused = await Assert.ThrowsAsync<PagingException>(() =>
            new ExportPlanner(bench.Connection, bench.Request, new PlanOptions(4), bench.Signals).PlanAsync(default));
        Assert.Contains("slices would overlap", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_of_Axiom_that_cannot_be_cut_is_refused()
    {
        using var bench = new AxiomBench();
        var request = bench.Request with { Query = "['demo'] | summarize count()" };
        var refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            new ExportPlanner(bench.Connection, request, new PlanOptions(4), bench.Signals).PlanAsync(default));
        Assert.Contains("cannot be cut into slices", refused.Message, StringComparison.Ordinal);
    }

    private static async Task RunAsync(AxiomBench bench, ExportRequest request)
    {
        var result = await new ExportRun(bench.Connection, request, new SignalLog()).RunAsync(default);
        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
    }
}
