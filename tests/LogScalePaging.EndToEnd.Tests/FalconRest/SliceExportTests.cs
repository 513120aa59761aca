using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.Falcon.Rest;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.FalconRest;

/// <summary>Exports of lists that are read in slices of time.</summary>
public sealed class SliceExportTests : IDisposable
{
    private const string Hosts = "/devices/combined/devices/v1";
    private const string HostIds = "/devices/queries/devices/v1";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Hosts, false)]
    [InlineData(HostIds, false)]
    [InlineData(HostIds, true)]
    [InlineData("/alerts/combined/alerts/v1", false)]
    public async Task An_export_that_broke_off_is_resumed_by_its_path_to_the_same_bytes(string endpoint, bool detailed)
    {
        using var bench = new FalconRestBench(95);
        await using var connection = bench.Connect();
        // A parallel run may break off before any slice is complete.
        var request = SliceTests.Request(endpoint) with { Detailed = detailed, Parallel = 1 };
        var whole = await RunAsync(bench, connection, request, "whole.ndjson");
        Assert.Equal(CompletenessState.Complete, whole.Completeness.State);

        Break(bench, pages: 3);
        var broken = await RunAsync(bench, connection, request, "broken.ndjson");
        Assert.Equal(CompletenessState.Incomplete, broken.Completeness.State);
        Assert.InRange(broken.Completeness.Received, 1, 94);

        bench.Server.Faults.Clear();
        var resumed = await new ExportRun(connection, ExportRequest.Resuming(_folder.In("broken.ndjson"), Systems.Restore),
            bench.Signals).RunAsync(default);

        Assert.True(resumed.Completeness.State == CompletenessState.Complete, resumed.Completeness.Reason);
        Assert.Equal(File.ReadAllBytes(_folder.In("whole.ndjson")), File.ReadAllBytes(_folder.In("broken.ndjson")));
        Assert.True(ExportVerifier.Verify(resumed.ManifestPath!, null, default).IsValid);
        Assert.True((await ExportRecount.VerifyAsync(resumed.ManifestPath!, _ => connection, bench.Signals, null, default)).IsValid);
    }

    // The record was written by the first run. The second run knows it, although it is in another slice now.
    [Fact]
    public async Task A_record_that_moves_between_two_runs_comes_once()
    {
        using var bench = new FalconRestBench(95,
            f => f.Moves = [new RestMove(2, 94, new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero))]);
        await using var connection = bench.Connect();
        Break(bench, pages: 3);
        var broken = await RunAsync(bench, connection, SliceTests.Request(Hosts) with { Parallel = 1 }, "hosts.ndjson");
        Assert.InRange(broken.Completeness.Received, 1, 94);

        bench.Server.Faults.Clear();
        var resumed = await new ExportRun(connection, ExportRequest.Resuming(_folder.In("hosts.ndjson"), Systems.Restore),
            bench.Signals).RunAsync(default);

        var lines = File.ReadAllLines(_folder.In("hosts.ndjson"));
        Assert.Equal((95, 95), (lines.Length, lines.Select(line => line.Split(',')[0]).Distinct().Count()));
        Assert.True(resumed.Completeness.State == CompletenessState.Complete, resumed.Completeness.Reason);
    }

    [Fact]
    public async Task The_manifest_says_how_the_list_was_sliced()
    {
        using var bench = new FalconRestBench(95);
        await using var connection = bench.Connect();
        var result = await RunAsync(bench, connection, SliceTests.Request(Hosts), "hosts.ndjson");
        var manifest = ExportManifest.Load(result.ManifestPath!);

        Assert.Equal(("Slice", "first_seen"), (manifest.Strategy, manifest.Arguments!["sliceBy"]));
        Assert.Matches("^[0-9]+ slices by first_seen, of at most about 20 records$", manifest.StrategyReason);
        Assert.Equal("2026-01-01T00:00:00.000000000Z", manifest.Range.StartUtc);
        Assert.Empty(manifest.MissingRanges);
    }

    [Fact]
    public async Task Another_field_does_not_resume()
    {
        using var bench = new FalconRestBench(95);
        await using var connection = bench.Connect();
        Break(bench, pages: 3);
        await RunAsync(bench, connection, SliceTests.Request(Hosts) with { Parallel = 1 }, "hosts.ndjson");
        var other = new ExportRequest(SliceTests.Request(Hosts) with { SliceBy = "created_timestamp" },
            Target("hosts.ndjson"))
        { Resume = true };

        await Assert.ThrowsAsync<CheckpointMismatchException>(() => new ExportRun(connection, other, bench.Signals).RunAsync(default));
    }

    private static void Break(FalconRestBench bench, int pages)
    {
        var left = pages;
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(403, "no"),
            When = r => r.Kind == RequestKind.Rest && !IsCount(r) && Interlocked.Decrement(ref left) < 0,
            Times = int.MaxValue,
        });
    }

    private static bool IsCount(RequestInfo request) => request.Query.Contains("limit=1&", StringComparison.Ordinal)
        || request.Query.EndsWith("limit=1", StringComparison.Ordinal) || request.Body.Contains("\"limit\":1,", StringComparison.Ordinal)
        || request.Body.Contains("\"limit\":1}", StringComparison.Ordinal);

    private ExportTarget Target(string file) => new() { Path = _folder.In(file), Format = ExportFormats.FromPath(file, out _) };

    private Task<ExportOutcome> RunAsync(FalconRestBench bench, FalconRestConnection connection, FalconRequest request, string file) =>
        new ExportRun(connection, new ExportRequest(request, Target(file)), bench.Signals).RunAsync(default);
}
