using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Slices;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Slices;

public sealed class MergeTests
{
    public static TheoryData<string, ExportFormat, string?> Outputs => new()
    {
        { "all.ndjson", ExportFormat.NdJson, null },
        { "all.ndjson.gz", ExportFormat.NdJson, null },
        { "all.json", ExportFormat.Json, null },
        { "all.csv", ExportFormat.Csv, null },
        { "all.csv", ExportFormat.Csv, "#event_simpleName,@id,missing" },
        { "all.ndjson", ExportFormat.NdJson, "@timestamp,@id,n" },
        { "all.jsonl", ExportFormat.Timesketch, null },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task Merged_slices_are_the_bytes_of_one_run(string name, ExportFormat format, string? fields)
    {
        using var bench = new SliceBench(options: new SimulatorOptions { EndInclusive = format == ExportFormat.Json });
        var options = new PlanOptions(4) { Format = format, Compress = format == ExportFormat.Json, Property = fields?.Split(',') };
        await bench.RunAllAsync(await bench.PlanAsync(options));
        var merged = await bench.MergeAsync(name);
        Assert.Equal(CompletenessState.Complete, merged.Completeness.State);
        Assert.Equal(await bench.SingleAsync(name, options), await File.ReadAllBytesAsync(bench.Folder.In(name)));
        var found = ExportVerifier.Verify(merged.ManifestPath!, null, default);
        Assert.True(found.IsValid, string.Join("; ", found.Findings.Where(f => !f.Passed)));
        Assert.False(Directory.Exists(bench.Folder.In(name + ".partial")));
        Assert.Equal(0, bench.Bench.Server.LiveJobCount);
    }

    [Theory]
    [InlineData(ExportFormat.NdJson)]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.Csv)]
    public async Task One_manifest_describes_the_files_of_all_slices(ExportFormat format)
    {
        using var bench = new SliceBench();
        var plan = await bench.PlanAsync(new PlanOptions(4) { Format = format });
        await bench.RunAllAsync(plan);
        var merged = await bench.MergeAsync();
        Assert.Equal((4, 2_000L, plan.PlanId), (merged.Files.Count, merged.Manifest.Counts.Written, merged.Manifest.Plan));
        Assert.Null(merged.Manifest.Slice);
        var found = ExportVerifier.Verify(merged.ManifestPath!, null, default);
        Assert.True(found.IsValid, string.Join("; ", found.Findings.Where(f => !f.Passed)));
        // The path in the result, which messages name.
        var path = merged.ManifestPath!.Replace(".manifest.json", "", StringComparison.Ordinal);
        Assert.True(ExportVerifier.Verify(path, null, default).IsValid);
        File.Move(bench.FileOf(1), bench.FileOf(1) + ".away");
        Assert.False(ExportVerifier.Verify(path, null, default).IsValid);
        File.Move(bench.FileOf(1) + ".away", bench.FileOf(1));
        var exists = await Assert.ThrowsAsync<ExportException>(() => bench.MergeAsync());
        Assert.Equal(ExportErrorKind.OutputExists, exists.Kind);
        await bench.MergeAsync(force: true);
    }

    [Fact]
    public async Task A_csv_has_the_columns_of_all_slices()
    {
        using var bench = new SliceBench(crowd: 0);
        string Rare(int number, long time) => TestBench.Event(number, time).TrimEnd('}') + ",\"rare\":\"a, \\\"b\\\"\"}";
        bench.Bench.Server.Events.Add(Rare(80_001, TestBench.Newest - 19_985));
        var plan = await bench.PlanAsync(new PlanOptions(4) { Format = ExportFormat.Csv });
        await bench.RunAllAsync(plan);
        await Assert.ThrowsAsync<ArgumentException>(() => bench.MergeAsync());
        await bench.MergeAsync("all.csv");
        Assert.Equal(await bench.SingleAsync("all.csv", new PlanOptions(4) { Format = ExportFormat.Csv }),
            await File.ReadAllBytesAsync(bench.Folder.In("all.csv")));
    }

    [Fact]
    public async Task A_count_that_the_server_calls_partial_does_not_prove_a_merge()
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(3)));
        bench.Bench.Server.Options.AnswerFaults.Add(
            new AnswerFault(AnswerFaultKind.Warnings) { Text = "partial result", On = AnswerKinds.Count });
        var merged = await bench.MergeAsync();
        Assert.Equal(CompletenessState.Unverified, merged.Completeness.State);
        Assert.Contains("partial result", merged.Completeness.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_slices_at_fault_are_named()
    {
        using var bench = new SliceBench();
        await bench.PlanAsync(new PlanOptions(6));
        foreach (var index in new[] { 0, 2, 3, 4 })
            await bench.RunAsync(index);
        bench.Edit(2, "\"plan\": \"", "\"plan\": \"0");
        bench.Edit(3, "\"version\": \"", "\"version\": \"9.");
        bench.Edit(4, "\"slice\": 4", "\"slice\": 2");
        var refused = await Assert.ThrowsAsync<PlanException>(() => bench.MergeAsync("all.ndjson"));
        Assert.Equal([1, 2, 3, 4, 5], refused.Slices);
        Assert.Contains("Slice 1 is missing", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Slice 2 was exported by another plan", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Slice 3 was exported by version 9.", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Slice 4 is another slice of the plan: 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Slice 5 is missing", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(bench.Folder.In("all.ndjson")));
    }

    [Fact]
    public async Task An_overlapping_slice_is_refused()
    {
        using var bench = new SliceBench();
        var plan = await bench.PlanAsync(new PlanOptions(3));
        await bench.RunAllAsync(plan);
        var end = plan.Slices[1].End;
        bench.Edit(1, $"\"end\": {end}", $"\"end\": {end + 5}");
        var refused = await Assert.ThrowsAsync<PlanException>(() => bench.MergeAsync());
        Assert.Contains("Slice 1 covers another range", refused.Message, StringComparison.Ordinal);
        bench.Edit(1, $"\"end\": {end + 5}", $"\"end\": {end}");
        var file = (await File.ReadAllTextAsync(bench.FileOf(1) + ".manifest.json")).Split('\n').First(
            l => l.Contains("\"newest\"", StringComparison.Ordinal)).Trim();
        bench.Edit(1, file, $"\"newest\": {end},");
        refused = await Assert.ThrowsAsync<PlanException>(() => bench.MergeAsync());
        Assert.Contains("Slice 1 overlaps slice 2", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("all.ndjson")]
    public async Task A_changed_byte_is_refused_with_the_index_of_its_slice(string? name)
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(3)));
        var bytes = await File.ReadAllBytesAsync(bench.FileOf(1));
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(bench.FileOf(1), bytes);
        var refused = await Assert.ThrowsAsync<PlanException>(() => bench.MergeAsync(name));
        Assert.Equal([1], refused.Slices);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(bench.Folder.Path),
            e => Path.GetFileName(e).StartsWith("all", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Late_events_are_counted_and_their_slices_named()
    {
        using var bench = new SliceBench();
        var plan = await bench.PlanAsync(new PlanOptions(4));
        await bench.RunAllAsync(plan);
        bench.Bench.Server.Events.Add([TestBench.Event(90_001, plan.Slices[2].Start), TestBench.Event(90_002, plan.Slices[3].Start - 1)]);
        var merged = await bench.MergeAsync();
        Assert.Equal((CompletenessState.Complete, 2L), (merged.Completeness.State, merged.Completeness.Late));
        Assert.EndsWith("(slice 2)", merged.Completeness.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_that_the_plan_counted_are_missing_and_not_late()
    {
        using var bench = new SliceBench(crowd: 0);
        var plan = await bench.PlanAsync(new PlanOptions(4));
        var events = bench.Bench.Server.Events;
        var all = events.Matching();
        var hidden = events.Matching("*", plan.Slices[1].Start, plan.Slices[1].End).Take(5).ToList();
        events.Clear();
        events.Add(all.Except(hidden));
        foreach (var slice in plan.Slices)
            Assert.Equal("Complete", (await bench.RunAsync(slice.I)).Manifest.State);
        events.Add(hidden);
        var merged = await bench.MergeAsync("all.ndjson");
        Assert.Equal((CompletenessState.Incomplete, 5L, 0L),
            (merged.Completeness.State, merged.Completeness.Missing, merged.Completeness.Late));
        Assert.EndsWith("(slice 1)", merged.Completeness.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slice_that_is_incomplete_makes_the_whole_incomplete_and_is_named()
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(4)));
        bench.Edit(2, "\"state\": \"Complete\"", "\"state\": \"Incomplete\"");
        bench.Edit(3, "\"state\": \"Complete\"", "\"state\": \"Unverified\"");
        var merged = await bench.MergeAsync("all.ndjson");
        Assert.Equal(CompletenessState.Incomplete, merged.Completeness.State);
        Assert.EndsWith("(slices 2, 3)", merged.Completeness.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_count_the_result_is_unverified()
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(3)));
        Assert.Equal(CompletenessState.Unverified, (await bench.MergeAsync(count: false)).Completeness.State);
    }

    [Fact]
    public async Task Events_that_left_the_range_are_not_complete()
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(3)));
        bench.Bench.Server.Options.AnswerFaults.Add(AnswerFaultKind.CountOff, -5);
        Assert.Equal(CompletenessState.Unverified, (await bench.MergeAsync()).Completeness.State);
    }

    [Fact]
    public async Task A_merge_that_broke_off_continues()
    {
        using var bench = new SliceBench();
        var options = new PlanOptions(4);
        await bench.RunAllAsync(await bench.PlanAsync(options));
        using (var stop = new CancellationTokenSource())
        {
            var merge = MergeRun.Load(bench.PlanPath, new MergeOptions(), new Diagnostics.SignalLog(), TimeProvider.System);
            var progress = new Halfway(stop);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => merge.RunAsync(bench.Bench.Connection, bench.Folder.In("all.ndjson"), progress, stop.Token));
        }
        Assert.True(File.Exists(bench.Folder.In("all.ndjson.partial/checkpoint.json")));
        // The rest must not come from the server, where the records have other fields and may be others now.
        var target = new ExportTarget { Path = bench.Folder.In("all.ndjson"), Format = ExportFormat.NdJson };
        var export = new ExportRun(bench.Bench.Connection, new ExportRequest(SliceBench.Spec(), target) { Resume = true },
            new Diagnostics.SignalLog());
        foreach (var refused in new[]
            {
                await Assert.ThrowsAsync<ExportException>(() => export.RunAsync(default)),
                Assert.Throws<ExportException>(() => ExportRequest.Resuming(target.Path, Systems.Restore)),
            })
            Assert.Contains("is a merge of slices, not an export. Run the merge again.", refused.Message, StringComparison.Ordinal);
        await bench.MergeAsync("all.ndjson");
        Assert.Equal(await bench.SingleAsync("all.ndjson", options), await File.ReadAllBytesAsync(bench.Folder.In("all.ndjson")));
    }

    [Fact]
    public async Task A_slice_is_never_the_merged_file()
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(3)));
        var refused = await Assert.ThrowsAsync<ExportException>(() => bench.MergeAsync(Path.GetFileName(bench.FileOf(1)), force: true));
        Assert.Contains("is a slice of the plan", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<ExportException>(() => bench.MergeAsync("all.csv"));
        Assert.Contains("The slices are ndjson", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Halfway(CancellationTokenSource stop) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value >= 1_000)
                stop.Cancel();
        }
    }
}
