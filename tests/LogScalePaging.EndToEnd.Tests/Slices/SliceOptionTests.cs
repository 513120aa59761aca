using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Slices;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;

namespace LogScalePaging.EndToEnd.Tests.Slices;

/// <summary>The options of a plan that all its slices and their merge have.</summary>
public sealed class SliceOptionTests
{
    public static TheoryData<string, ExportFormat, string?> Outputs => new()
    {
        { "all.ndjson", ExportFormat.NdJson, null },
        { "all.ndjson.gz", ExportFormat.NdJson, "@id,@timestamp,n" },
        { "all.json", ExportFormat.Json, null },
        { "all.csv", ExportFormat.Csv, null },
        { "all.jsonl", ExportFormat.Timesketch, null },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task Merged_slices_with_times_in_ISO_8601_are_the_bytes_of_one_run(string name, ExportFormat format, string? fields)
    {
        using var bench = new SliceBench();
        var options = new PlanOptions(4) { Format = format, TimestampFormat = TimestampFormat.Iso, Property = fields?.Split(',') };
        await bench.RunAllAsync(await bench.PlanAsync(options));
        var merged = await bench.MergeAsync(name);
        Assert.Equal((CompletenessState.Complete, TimestampFormat.Iso), (merged.Completeness.State, merged.Manifest.TimestampFormat));
        Assert.Equal(await bench.SingleAsync(name, options), await File.ReadAllBytesAsync(bench.Folder.In(name)));
        var whole = ManifestOf(bench, "single-" + name);
        Assert.Equal((whole.First, whole.Last, whole.Files[0].Newest, whole.Files[0].Oldest),
            (merged.Manifest.First, merged.Manifest.Last, merged.Manifest.Files[0].Newest, merged.Manifest.Files[0].Oldest));
        Assert.Equal(0, merged.Manifest.Counts.TimesAsText);
        EnsureValid(merged.ManifestPath!);
        EnsureValid((await bench.MergeAsync()).ManifestPath!);
    }

    [Fact]
    public async Task A_slice_with_another_format_of_times_is_refused()
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(3) { TimestampFormat = TimestampFormat.Iso }));
        bench.Edit(1, "\"timestampFormat\": \"Iso\",", "");
        var refused = await Assert.ThrowsAsync<PlanException>(() => bench.MergeAsync());
        Assert.Contains("Slice 1 was exported with another format of times", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_without_these_options_does_not_mention_them()
    {
        using var bench = new SliceBench();
        await bench.PlanAsync(new PlanOptions(3));
        var text = await File.ReadAllTextAsync(bench.PlanPath);
        Assert.DoesNotContain("timestampFormat", text, StringComparison.Ordinal);
        Assert.DoesNotContain("noOperator", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(bench.PlanPath, text.Replace("\"bom\": false", "\"bom\": false, \"noOperator\": true",
            StringComparison.Ordinal));
        Assert.Contains("was changed", Assert.Throws<PlanException>(() => ExportPlan.Load(bench.PlanPath)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_format_of_times_that_does_not_exist_is_refused_although_the_hash_is_right()
    {
        using var bench = new SliceBench();
        var plan = await bench.PlanAsync(new PlanOptions(3));
        (plan with { TimestampFormat = (TimestampFormat)7 }).Save(bench.PlanPath, force: true);
        Assert.Contains("cannot be read", Assert.Throws<PlanException>(() => ExportPlan.Load(bench.PlanPath)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_without_operators_leaves_them_out_of_each_manifest()
    {
        using var bench = new SliceBench();
        await bench.RunAllAsync(await bench.PlanAsync(new PlanOptions(3) { NoOperator = true }));
        await bench.MergeAsync();
        foreach (var path in Directory.GetFiles(bench.Folder.Path, "*.manifest.json"))
        {
            var text = await File.ReadAllTextAsync(path);
            Assert.Contains("\"runs\": [", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"operator\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"machine\"", text, StringComparison.Ordinal);
        }
    }

    private static ExportManifest ManifestOf(SliceBench bench, string name) =>
        ExportManifest.Load(bench.Folder.In(name + ".manifest.json"));

    private static void EnsureValid(string path)
    {
        var found = ExportVerifier.Verify(path, null, default);
        Assert.True(found.IsValid, string.Join("; ", found.Findings.Where(f => !f.Passed)));
    }
}
