using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Slices;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.EndToEnd.Tests.Slices;

/// <summary>Merges that were killed while they published, and the merge after them.</summary>
public sealed class KilledMergeTests : IDisposable
{
    private const string Name = "all.ndjson";
    private readonly SliceBench _bench = new();

    private string ManifestPath => _bench.Folder.In(Name + ".manifest.json");

    private string PartialPath => _bench.Folder.In(Name + ".partial");

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("assembled", false)]
    [InlineData("old manifest deleted", false)]
    [InlineData("output renamed", false)]
    [InlineData("checksums renamed", false)]
    [InlineData("manifest renamed", true)]
    public async Task The_next_merge_ends_it_and_counts_again_unless_its_manifest_is_there(string step, bool isDone)
    {
        await KillAsync(step);
        _bench.Bench.Server.Events.Add(TestBench.Event(90_001, SliceBench.Start + 5));
        var merged = await _bench.MergeAsync(Name);
        Assert.Equal((CompletenessState.Complete, isDone ? 0L : 1L), (merged.Completeness.State, merged.Completeness.Late));
        Assert.Equal(isDone ? 2_000 : 2_001, merged.Manifest.Counts.ExpectedAfter);
        EnsureWhole(merged);
        await EnsureFinishedAsync();
    }

    [Theory]
    [InlineData("old manifest deleted")]
    [InlineData("output renamed")]
    [InlineData("checksums renamed")]
    public async Task A_merge_that_replaced_a_longer_output_deletes_its_other_files(string step)
    {
        var target = new ExportTarget { Path = _bench.Folder.In(Name), Format = ExportFormat.NdJson, MaxFileEvents = 900 };
        await new ExportRun(_bench.Bench.Connection, new ExportRequest(SliceBench.Spec(), target), new Diagnostics.SignalLog())
            .RunAsync(default);
        Assert.Equal(3, Directory.GetFiles(_bench.Folder.Path, "all*.ndjson").Length);
        await KillAsync(step, force: true);
        EnsureWhole(await _bench.MergeAsync(Name));
        Assert.Equal([target.Path], Directory.GetFiles(_bench.Folder.Path, "all*.ndjson"));
    }

    [Fact]
    public async Task A_merge_that_was_killed_while_it_removed_its_folder_is_complete()
    {
        await RunAllAsync();
        var first = await _bench.MergeAsync(Name);
        Leave();
        var requests = _bench.Bench.Server.RequestCount;
        var second = await _bench.MergeAsync(Name);
        Assert.Equal((CompletenessState.Complete, first.Manifest.Finished), (second.Completeness.State, second.Manifest.Finished));
        Assert.Equal(requests, _bench.Bench.Server.RequestCount);
        EnsureWhole(second);
        await EnsureFinishedAsync();
    }

    [Fact]
    public async Task A_merge_of_slices_that_were_exported_again_is_another_one()
    {
        await RunAllAsync();
        await _bench.MergeAsync(Name);
        foreach (var file in Directory.GetFiles(_bench.Folder.Path, "slice-*-00000*"))
            File.Delete(file);
        await _bench.RunAsync(0);
        Leave();
        await EnsureFinishedAsync();
        Assert.True(Directory.Exists(PartialPath));
    }

    [Fact]
    public async Task A_merged_file_that_was_changed_is_not_complete()
    {
        await RunAllAsync();
        await _bench.MergeAsync(Name);
        await File.AppendAllTextAsync(_bench.Folder.In(Name), "{}\n");
        Leave();
        await EnsureFinishedAsync();
    }

    [Fact]
    public async Task A_killed_merge_without_a_count_stays_unverified_until_it_is_forced()
    {
        await RunAllAsync();
        await _bench.MergeAsync(Name, count: false);
        Leave();
        Assert.Equal(CompletenessState.Unverified, (await _bench.MergeAsync(Name)).Completeness.State);
        Assert.Equal(CompletenessState.Complete, (await _bench.MergeAsync(Name, force: true)).Completeness.State);
    }

    [Fact]
    public async Task A_merge_over_slices_that_was_killed_before_its_manifest_is_made_again()
    {
        await RunAllAsync();
        var merged = await _bench.MergeAsync();
        File.Delete(merged.ManifestPath!);
        Assert.Equal(CompletenessState.Complete, (await _bench.MergeAsync()).Completeness.State);
        Assert.True(ExportVerifier.Verify(merged.ManifestPath!, null, default).IsValid);
        File.Delete(merged.ManifestPath!);
        var checksums = merged.ManifestPath!.Replace(".manifest.json", ".sha256", StringComparison.Ordinal);
        await File.AppendAllTextAsync(checksums, "x");
        Assert.Equal(ExportErrorKind.OutputExists, (await Assert.ThrowsAsync<ExportException>(() => _bench.MergeAsync())).Kind);
    }

    private async Task RunAllAsync() => await _bench.RunAllAsync(await _bench.PlanAsync(new PlanOptions(3)));

    private async Task KillAsync(string step, bool force = false)
    {
        await RunAllAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.MergeAsync(Name, force: force,
            step: now => _ = now == step ? throw new InvalidOperationException(step) : 0));
        Assert.True(File.Exists(Path.Combine(PartialPath, "checkpoint.json")));
    }

    // What is left if the process is killed after it deleted the checkpoint.
    private void Leave()
    {
        Directory.CreateDirectory(PartialPath);
        File.WriteAllText(Path.Combine(PartialPath, "lock"), "");
        File.WriteAllText(Path.Combine(PartialPath, "lock.owner"), "process 1 (other) on elsewhere");
        File.WriteAllText(Path.Combine(PartialPath, "part-a-000001.ndjson"), "{}\n");
    }

    private void EnsureWhole(ExportOutcome merged)
    {
        Assert.Equal(merged.Manifest.ToUtf8(), File.ReadAllBytes(ManifestPath));
        var found = ExportVerifier.Verify(ManifestPath, null, default);
        Assert.True(found.IsValid, string.Join("; ", found.Findings.Where(f => !f.Passed)));
        Assert.False(Directory.Exists(PartialPath));
        Assert.Equal(0, _bench.Bench.Server.LiveJobCount);
    }

    private async Task EnsureFinishedAsync() =>
        Assert.Equal(ExportErrorKind.OutputExists, (await Assert.ThrowsAsync<ExportException>(() => _bench.MergeAsync(Name))).Kind);
}
