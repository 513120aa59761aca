using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Slices;
using LogScalePaging.Export.Store;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Slices;

public sealed class SliceRunTests
{
    [Fact]
    public async Task A_finished_slice_ends_at_once()
    {
        using var bench = new SliceBench();
        await bench.PlanAsync(new PlanOptions(3));
        var first = await bench.RunAsync(1);
        Assert.Equal(1, first.Manifest.Slice);
        var sent = bench.Bench.Server.RequestCount;
        var second = await bench.RunAsync(1);
        Assert.Equal(first.Manifest.Finished, second.Manifest.Finished);
        Assert.Equal(sent, bench.Bench.Server.RequestCount);
    }

    [Fact]
    public async Task A_slice_that_broke_off_is_continued_to_the_bytes_of_an_undisturbed_one()
    {
        using var bench = new SliceBench(events: 6_000);
        await bench.PlanAsync(new PlanOptions(3));
        await bench.RunAsync(1);
        var whole = await File.ReadAllBytesAsync(bench.FileOf(1));
        foreach (var file in Directory.GetFiles(bench.Folder.Path, Path.GetFileName(bench.FileOf(1)) + "*"))
            File.Delete(file);
        bench.Bench.Server.Faults.Add(Fault.Status(503, "busy"), RequestKind.Create, nth: 6, times: int.MaxValue);
        Exception? failure;
        try
        {
            failure = (await bench.RunAsync(1)).Error;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            failure = e;
        }
        if (failure is not null)
            Assert.True(TryAgain.May(failure), failure.ToString());
        bench.Bench.Server.Faults.Clear();
        Assert.Equal(CompletenessState.Complete, (await bench.RunAsync(1)).Completeness.State);
        Assert.Equal(whole, await File.ReadAllBytesAsync(bench.FileOf(1)));
    }

    [Fact]
    public async Task A_second_run_of_a_slice_in_the_same_folder_is_to_try_again()
    {
        using var bench = new SliceBench();
        await bench.PlanAsync(new PlanOptions(3));
        var target = bench.Slice(0).Target;
        using var other = ExportStore.Create(target,
            StateOf(await bench.Slice(0).RequestAsync(bench.Bench.Connection, new SignalLog(), default)));
        var locked = await Assert.ThrowsAsync<ExportException>(() => bench.RunAsync(0));
        Assert.Equal(ExportErrorKind.Locked, locked.Kind);
        Assert.True(TryAgain.May(locked));
    }

    [Fact]
    public async Task An_incomplete_slice_is_fetched_again()
    {
        using var bench = new SliceBench();
        await bench.PlanAsync(new PlanOptions(3));
        await bench.RunAsync(0);
        bench.Edit(0, "\"state\": \"Complete\"", "\"state\": \"Incomplete\"");
        var sent = bench.Bench.Server.RequestCount;
        Assert.Equal("Complete", (await bench.RunAsync(0)).Manifest.State);
        Assert.True(bench.Bench.Server.RequestCount > sent);
    }

    [Theory]
    [InlineData("\"slice\": 0", "\"slice\": 2")]
    [InlineData("\"plan\": \"", "\"plan\": \"0")]
    [InlineData("\"version\": \"", "\"version\": \"9.")]
    public async Task A_foreign_slice_is_refused_with_its_index(string old, string with)
    {
        using var bench = new SliceBench();
        await bench.PlanAsync(new PlanOptions(3));
        await bench.RunAsync(0);
        bench.Edit(0, old, with);
        var refused = await Assert.ThrowsAsync<PlanException>(() => bench.RunAsync(0));
        Assert.Equal([0], refused.Slices);
        Assert.False(TryAgain.May(refused));
    }

    [Fact]
    public async Task A_changed_slice_is_refused()
    {
        using var bench = new SliceBench();
        await bench.PlanAsync(new PlanOptions(3));
        await bench.RunAsync(0);
        await File.AppendAllTextAsync(bench.FileOf(0), "{}\n");
        var failure = await Assert.ThrowsAsync<ExportException>(() => bench.RunAsync(0));
        var explained = Assert.IsType<PlanException>(bench.Slice(0).Explain(failure));
        Assert.Equal([0], explained.Slices);
    }

    [Fact]
    public async Task A_plan_for_another_server_is_refused()
    {
        using var bench = new SliceBench();
        await bench.PlanAsync(new PlanOptions(3));
        using var other = new TestBench().Fill(10);
        var refused = await Assert.ThrowsAsync<PlanException>(
            () => bench.Slice(0).RequestAsync(other.Connection, new SignalLog(), default));
        Assert.Contains("The plan is for the server", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_another_version_is_refused()
    {
        using var bench = new SliceBench();
        var plan = await bench.PlanAsync(new PlanOptions(3));
        (plan with { Version = "0.0.9" }).Save(bench.PlanPath, force: true);
        Assert.Contains("0.0.9", Assert.Throws<PlanException>(() => bench.Slice(0)).Message, StringComparison.Ordinal);
        Assert.Throws<PlanException>(() => bench.Slice(7));
    }

    [Fact]
    public async Task A_slice_stays_within_its_jobs()
    {
        using var bench = new SliceBench(events: 6_000,
            options: new SimulatorOptions { MaxTail = 200, JobDuration = TimeSpan.FromMilliseconds(20) });
        await bench.PlanAsync(new PlanOptions(2) { JobsPerSlice = 2 });
        var request = await bench.Slice(0).RequestAsync(bench.Bench.Connection, new SignalLog(), default);
        Assert.Equal(2, ((LogScale.Queries.SearchSpec)request.Search).Parallel);
    }

    private static LogScalePaging.Export.State.ExportState StateOf(ExportRequest request) => new()
    {
        Identity = new LogScalePaging.Paging.Positions.WalkIdentity("LogScale", "", "", request.Search.Query),
        Strategy = "Around",
        Format = request.Target.Format,
    };
}
