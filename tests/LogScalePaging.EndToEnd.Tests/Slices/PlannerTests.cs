using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Slices;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Slices;

public sealed class PlannerTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 300)]
    [InlineData(true, 0)]
    [InlineData(true, 300)]
    public async Task Slices_have_equal_numbers_of_events(bool endInclusive, int crowd)
    {
        using var bench = new SliceBench(crowd: crowd, options: new SimulatorOptions { EndInclusive = endInclusive });
        var plan = await bench.PlanAsync(new PlanOptions(4));
        Assert.Equal(endInclusive, plan.EndIsInclusive);
        Assert.Equal(2_000, plan.Expected);
        Assert.Equal(4, plan.Slices.Count);
        Assert.All(plan.Slices, s => Assert.InRange(s.Expected, 350, crowd == 0 ? 600 : 800));
        Assert.Equal((SliceBench.Start, TestBench.Newest + 1), (plan.Slices[0].Start, plan.Slices[^1].End));
    }

    [Fact]
    public async Task A_time_is_never_cut_so_there_may_be_fewer_slices()
    {
        using var bench = new SliceBench(events: 0);
        bench.Bench.Server.Events.Add(Enumerable.Range(0, 500).Select(i => TestBench.Event(i, TestBench.Newest - 10)));
        bench.Bench.Server.Events.Add(Enumerable.Range(500, 700).Select(i => TestBench.Event(i, TestBench.Newest - 9)));
        var signals = new SignalLog();
        var plan = await bench.PlanAsync(new PlanOptions(5), signals: signals);
        Assert.Equal([500, 700], plan.Slices.Select(s => s.Expected));
        Assert.Equal(TestBench.Newest - 9, plan.Slices[1].Start);
        Assert.Contains(signals.Warnings,
            w => w.Kind == SignalKind.PlanSmaller && w.Message.Contains("2 of 5 slices", StringComparison.Ordinal)
                && w.Message.Contains("too few different times", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_without_events_says_so()
    {
        using var bench = new SliceBench(events: 0);
        var signals = new SignalLog();
        var plan = await bench.PlanAsync(new PlanOptions(5), signals: signals);
        Assert.Equal([0L], plan.Slices.Select(s => s.Expected));
        var warning = Assert.Single(signals.Warnings, w => w.Kind == SignalKind.PlanSmaller);
        Assert.Equal("the plan has 1 of 5 slices, because no event matches in this range", warning.Message);
    }

    [Theory]
    [InlineData("* | count()", "count() combines many events into rows")]
    [InlineData("* | head(10)", "head() limits the number of rows")]
    [InlineData("* | t := now()", "now() reads the clock")]
    [InlineData("* | @timestamp := 5", "writes @timestamp")]
    [InlineData("* | strange()", "strange() is not a known function")]
    public async Task A_query_that_cannot_be_cut_is_refused_before_anything_is_sent(string query, string why)
    {
        using var bench = new SliceBench();
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => bench.PlanAsync(new PlanOptions(4), SliceBench.Spec(query)));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, bench.Bench.Server.RequestCount);
        Assert.False(File.Exists(bench.PlanPath));
    }

    [Fact]
    public async Task A_limit_is_refused()
    {
        using var bench = new SliceBench();
        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => bench.PlanAsync(new PlanOptions(4), SliceBench.Spec() with { MaxEvents = 10 }));
        Assert.Contains("a limit of events", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_range_with_few_events_is_one_slice(int events)
    {
        using var bench = new SliceBench(events, crowd: 0);
        var plan = await bench.PlanAsync(new PlanOptions(3));
        Assert.Equal(events, Assert.Single(plan.Slices).Expected);
        await bench.RunAllAsync(plan);
        Assert.Equal("Complete", (await bench.MergeAsync("all.ndjson")).Manifest.State);
    }

    [Fact]
    public async Task The_plan_has_no_secret_and_a_part_of_the_limits_for_each_slice()
    {
        using var bench = new SliceBench();
        var plan = await bench.PlanAsync(new PlanOptions(4));
        Assert.DoesNotContain(bench.Bench.Server.Token, await File.ReadAllTextAsync(bench.PlanPath), StringComparison.Ordinal);
        Assert.Equal(new PlanBudget(8, 1_500), plan.Budget);
        Assert.Equal(plan.PlanId, ExportPlan.Load(bench.PlanPath).PlanId);
    }
}
