using System.Text.Json.Nodes;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Reports;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Slices;
using LogScalePaging.Export.Timestamps;
using LogScalePaging.Export.Verification;
using LogScalePaging.TestServers;

namespace LogScalePaging.EndToEnd.Tests.Slices;

/// <summary>What the manifest of a merge says about where it comes from, and its timestamp.</summary>
public sealed class MergeOriginTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("all.ndjson")]
    public async Task The_manifest_names_the_runs_of_all_slices_and_the_merge(string? name)
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(3)));
        bench.Edit(1, $"\"machine\": \"{Environment.MachineName}\"", "\"machine\": \"node-7\"");
        var manifest = (await bench.MergeAsync(name)).Manifest;
        Assert.Equal([0, 1, 2, null], manifest.Runs!.Select(r => r.Slice));
        Assert.Equal([Environment.MachineName, "node-7", Environment.MachineName, Environment.MachineName],
            manifest.Runs!.Select(r => r.Machine));
        Assert.All(manifest.Runs!, r => Assert.Equal(manifest.Runs![0].Operator, r.Operator));
        Assert.NotEmpty(manifest.Program!.Files);
        Assert.NotNull(manifest.Clock!.ServerDate);
        Assert.Empty(manifest.Exclusions!);
        Assert.True(ExportVerifier.Verify(PathOf(bench, name), null, default).IsValid);
    }

    [Fact]
    public async Task Without_operators_those_of_the_slices_are_left_out_too()
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(3)));
        var manifest = (await bench.MergeAsync(count: false, options: new MergeOptions { NoOperator = true })).Manifest;
        Assert.Equal(4, manifest.Runs!.Count);
        Assert.All(manifest.Runs, r => Assert.Equal((null, null), (r.Operator, r.Machine)));
        // Nothing was asked of the server, so its clock is not known.
        Assert.Null(manifest.Clock!.ServerDate);
    }

    [Fact]
    public async Task A_report_of_a_merge_names_the_machine_of_each_slice()
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(2)));
        bench.Edit(1, $"\"machine\": \"{Environment.MachineName}\"", "\"machine\": \"node-7\"");
        await bench.MergeAsync("all.ndjson");
        var page = new ReportPage(ExportSurvey.Read(bench.Folder.In("all.ndjson"), 10, null, default), DateTimeOffset.UnixEpoch, t => t)
            .Html();
        Assert.Contains("node-7", page, StringComparison.Ordinal);
        Assert.Contains("<td>merge</td>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("all.ndjson")]
    public async Task A_merge_of_an_older_version_is_valid(string? name)
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(3)));
        var merged = await bench.MergeAsync(name);
        var older = JsonNode.Parse(await File.ReadAllTextAsync(merged.ManifestPath!))!.AsObject();
        foreach (var field in new[] { "runs", "program", "clock", "exclusions" })
            Assert.True(older.Remove(field));
        await File.WriteAllTextAsync(merged.ManifestPath!, older.ToJsonString());
        Assert.True(ExportVerifier.Verify(PathOf(bench, name), null, default).IsValid);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("all.ndjson")]
    public async Task A_merge_gets_a_timestamp_of_its_manifest(string? name)
    {
        using var authority = new TimestampAuthority();
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(3)));
        var merged = await bench.MergeAsync(name, options: new MergeOptions { TimestampServer = authority.Url });
        Assert.Equal((merged.ManifestPath + ".tsr", null), (merged.TimestampPath, merged.TimestampError));
        var path = PathOf(bench, name);
        File.WriteAllText(bench.Folder.In("root.pem"), authority.Pem);
        var demand = new TimestampDemand { IsRequired = true, TrustPath = bench.Folder.In("root.pem") };
        Assert.True(ExportVerifier.Verify(path, demand, null, default).IsValid);
        var text = await File.ReadAllTextAsync(merged.ManifestPath!);
        await File.WriteAllTextAsync(merged.ManifestPath!, text.Replace("\"slice\": 1", "\"slice\": 2", StringComparison.Ordinal));
        var finding = Assert.Single(ExportVerifier.Verify(path, demand, null, default).Findings, f => !f.Passed);
        Assert.Equal("Timestamp", finding.Check);
        // A merge that replaces it must not keep the timestamp of the old manifest.
        var again = await bench.MergeAsync(name, force: true);
        Assert.Null(again.TimestampPath);
        Assert.False(File.Exists(merged.TimestampPath));
        var later = await ExportTimestamp.AddAsync(path, authority.Url, new SignalLog(), default);
        Assert.Equal(merged.TimestampPath, later.TimestampPath);
        Assert.True(ExportVerifier.Verify(path, demand, null, default).IsValid);
    }

    [Fact]
    public async Task A_merge_that_gets_no_timestamp_is_in_place()
    {
        using var authority = new TimestampAuthority { Status = 503 };
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(3)));
        // Without a count, no connection says how to reach the authority.
        var merged = await bench.MergeAsync(count: false, options: new MergeOptions { TimestampServer = authority.Url });
        Assert.NotNull(merged.TimestampError);
        Assert.True(ExportVerifier.Verify(merged.ManifestPath!, null, default).IsValid);
    }

    [Fact]
    public async Task Slices_that_were_swapped_are_refused()
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(4)));
        foreach (var ending in new[] { "", ".manifest.json", ".sha256" })
            Swap(bench.FileOf(1) + ending, bench.FileOf(2) + ending);
        var refused = await Assert.ThrowsAsync<PlanException>(() => bench.MergeAsync());
        Assert.Equal([1, 2], refused.Slices);
        foreach (var index in refused.Slices)
            Assert.Equal([index], (await Assert.ThrowsAsync<PlanException>(() => bench.RunAsync(index))).Slices);
        // Only the records were swapped.
        foreach (var ending in new[] { ".manifest.json", ".sha256" })
            Swap(bench.FileOf(1) + ending, bench.FileOf(2) + ending);
        foreach (var name in new[] { null, "all.ndjson" })
        {
            refused = await Assert.ThrowsAsync<PlanException>(() => bench.MergeAsync(name));
            Assert.Contains("does not match its manifest", refused.Message, StringComparison.Ordinal);
        }
        Assert.False(Path.Exists(bench.Folder.In("all.ndjson")));
    }

    [Fact]
    public async Task Slices_of_another_plan_are_refused_under_their_names_and_under_those_of_this_plan()
    {
        using var bench = new SliceBench();
        var other = await bench.PlanAsync(new PlanOptions(3));
        await bench.RunAllAsync(other);
        // The same query and range, cut in the same way: only the plan differs.
        var plan = await bench.PlanAsync(new PlanOptions(3) { JobsPerSlice = 2 });
        Assert.Equal(other.Slices, plan.Slices);
        var refused = await Assert.ThrowsAsync<PlanException>(() => bench.MergeAsync());
        Assert.Contains("Slice 0 is missing", refused.Message, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(bench.Folder.Path, "slice-*"))
            File.Move(file, file.Replace(other.PlanId[..8], plan.PlanId[..8], StringComparison.Ordinal));
        refused = await Assert.ThrowsAsync<PlanException>(() => bench.MergeAsync());
        Assert.Equal([0, 1, 2], refused.Slices);
        Assert.Contains("Slice 0 was exported by another plan", refused.Message, StringComparison.Ordinal);
        Assert.Equal([1], (await Assert.ThrowsAsync<PlanException>(() => bench.RunAsync(1))).Slices);
    }

    private static string PathOf(SliceBench bench, string? name) => name is null
        ? Assert.Single(Directory.GetFiles(bench.Folder.Path, "plan-*.manifest.json"))
        : bench.Folder.In(name);

    private static void Swap(string one, string two)
    {
        File.Move(one, one + ".other");
        File.Move(two, one);
        File.Move(one + ".other", two);
    }
}
