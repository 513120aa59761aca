using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Export;

public sealed class ExportRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(199)]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(1_000)]
    public async Task An_export_holds_the_servers_own_bytes(int count)
    {
        using var bench = new TestBench().Fill(count, crowd: count / 2);
        var result = await Export(bench, "events.ndjson");
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query), File.ReadAllLines(_folder.In("events.ndjson")));
        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        Assert.Equal(count, result.Manifest.Counts.Written);
        Assert.True(ExportVerifier.Verify(_folder.In("events.ndjson"), null, default).IsValid);
        Assert.False(Directory.Exists(_folder.In("events.ndjson.partial")));
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    [Theory]
    [InlineData("events.ndjson")]
    [InlineData("events.json")]
    [InlineData("events.csv.gz")]
    public async Task A_replaced_export_with_the_same_bytes_gets_its_own_verdict(string name)
    {
        using var bench = new TestBench().Fill(300);
        var path = _folder.In(name);
        async Task<ExportManifest> ExportAsync(bool verify)
        {
            var target = new ExportTarget
            {
                Path = path,
                Format = ExportFormats.FromPath(path, out var gzip),
                Compress = gzip,
                Force = true
            };
            var request = new ExportRequest(TestBench.Spec() with { NoVerify = !verify }, target);
            await new ExportRun(bench.Connection, request, bench.Signals).RunAsync(default);
            return ExportManifest.Load(target.ManifestPath);
        }

        var first = await ExportAsync(verify: false);
        Assert.Equal(nameof(CompletenessState.Unverified), first.State);
        var second = await ExportAsync(verify: true);
        Assert.Equal(first.Files[0].Sha256, second.Files[0].Sha256);
        Assert.Equal(nameof(CompletenessState.Complete), second.State);
        Assert.Equal(nameof(CompletenessState.Unverified), (await ExportAsync(verify: false)).State);
    }

    [Fact]
    public async Task Json_is_one_array_with_an_event_a_line()
    {
        using var bench = new TestBench().Fill(450);
        await Export(bench, "events.json");
        var lines = File.ReadAllLines(_folder.In("events.json"));
        Assert.Equal("[", lines[0]);
        Assert.Equal("]", lines[^1]);
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query), lines[1..^1].Select(l => l.TrimEnd(',')));
    }

    [Fact]
    public async Task An_export_that_breaks_off_is_kept_and_resumed_to_the_same_bytes()
    {
        using var bench = new TestBench(transport: o => o with { MaxRetryCount = 0 }).Fill(1_500, crowd: 300);
        await Export(bench, "whole.ndjson");
        for (var position = 2; position < 9; position++)
        {
            var name = $"broken-{position}.ndjson";
            bench.Server.Reset();
            bench.Server.Faults.Clear();
            bench.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: position + 1, times: int.MaxValue);
            var broken = await Export(bench, name);
            Assert.Equal(CompletenessState.Incomplete, broken.Completeness.State);
            Assert.NotNull(broken.PartialPath);
            Assert.False(File.Exists(_folder.In(name)));

            bench.Server.Faults.Clear();
            var resumed = await Export(bench, name, resume: true);
            Assert.Equal(CompletenessState.Complete, resumed.Completeness.State);
            Assert.Equal(1, resumed.Manifest.Resumes);
            Assert.Equal(await File.ReadAllBytesAsync(_folder.In("whole.ndjson")), await File.ReadAllBytesAsync(_folder.In(name)));
            Assert.Equal(0, bench.Server.LiveJobCount);
        }
    }

    [Theory]
    [InlineData(404, "no longer finds the repository 'demo'")]
    [InlineData(403, "no longer lets this token search 'demo'")]
    public async Task A_repository_that_worked_before_is_not_reported_as_unknown(int status, string words)
    {
        using var bench = new TestBench(transport: o => o with { MaxRetryCount = 0 }).Fill(1_500);
        bench.Server.Faults.Add(Fault.Status(status, "not here"), RequestKind.Create, nth: 5);
        var broken = await Export(bench, "events.ndjson");
        Assert.Contains(words, broken.Completeness.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("has no repository", broken.Completeness.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_read_nothing_leaves_nothing()
    {
        using var bench = new TestBench(transport: o => o with { MaxRetryCount = 0 }).Fill(500);
        bench.Server.Faults.Add(Fault.Status(500, "no"), times: int.MaxValue);
        await Assert.ThrowsAsync<PagingException>(() => Export(bench, "events.json"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Interrupted_in_mid_walk_it_keeps_what_it_has_and_leaves_no_job()
    {
        using var bench = new TestBench().Fill(3_000);
        using var stop = new CancellationTokenSource();
        bench.Server.RequestHandled += request =>
        {
            if (request.Kind == RequestKind.Create && request.Number > 20)
                stop.Cancel();
        };
        var result = await Export(bench, "events.ndjson", cancellationToken: stop.Token);
        Assert.True(result.Interrupted);
        Assert.Equal(CompletenessState.Incomplete, result.Completeness.State);
        Assert.True(result.Completeness.Received is > 0 and < 3_000);
        Assert.True(bench.Server.LiveJobCount <= bench.Signals.CountOf(SignalKind.JobOrphaned));
        var resumed = await Export(bench, "events.ndjson", resume: true);
        Assert.Equal(CompletenessState.Complete, resumed.Completeness.State);
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query), File.ReadAllLines(_folder.In("events.ndjson")));
    }

    [Fact]
    public async Task Events_that_come_late_are_named()
    {
        using var bench = new TestBench(
            new SimulatorOptions
            {
                LateArrivals = [new LateArrival(5, TimeSpan.FromSeconds(2), 7)],
                MaxIngestLatencyMs = 172_800_000
            }).Fill(2_000);
        var result = await Export(bench, "events.ndjson");
        Assert.Equal(2_000, result.Completeness.Received);
        Assert.Equal(7, result.Completeness.Late);
        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        Assert.Contains(result.Manifest.Warnings, w => w.Contains("7 records arrived late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hostile_text_survives_byte_for_byte()
    {
        using var bench = new TestBench(
            new SimulatorOptions { Now = DateTimeOffset.FromUnixTimeMilliseconds(TestBench.Newest), EventCount = 3_000, Seed = 5 });
        foreach (var name in new[] { "e.ndjson", "e.json", "e.csv" })
        {
            var result = await Export(bench, name, "*");
            Assert.Equal(CompletenessState.Complete, result.Completeness.State);
            Assert.True(ExportVerifier.Verify(_folder.In(name), null, default).IsValid);
        }
        var truth = bench.Server.Events.Matching("*", TestBench.Newest - 86_400_000, TestBench.Newest);
        Assert.Equal(string.Join("\n", truth) + "\n", await File.ReadAllTextAsync(_folder.In("e.ndjson"), Encoding.UTF8));
    }

    private async Task<ExportOutcome> Export(TestBench bench, string file, string query = TestBench.Query, bool resume = false,
        CancellationToken cancellationToken = default)
    {
        var path = _folder.In(file);
        var target = new ExportTarget { Path = path, Format = ExportFormats.FromPath(path, out var compress), Compress = compress };
        var request = new ExportRequest(TestBench.Spec(query), target) { Resume = resume };
        return await new ExportRun(bench.Connection, request, bench.Signals).RunAsync(cancellationToken);
    }
}
