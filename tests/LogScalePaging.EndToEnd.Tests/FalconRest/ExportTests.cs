using System.Text.Json;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Errors;
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

/// <summary>Exports of REST endpoints: files, proof, and resumption after a break.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Endpoints => [.. FalconRequest.KnownEndpoints.Where(path =>
        !path.StartsWith("/threatgraph", StringComparison.Ordinal))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task An_export_that_broke_off_is_resumed_by_its_path_to_the_same_bytes(string endpoint)
    {
        var detailed = FalconFamilies.Of(endpoint).Details is not null;
        using var bench = new FalconRestBench(95);
        await using var connection = bench.Connect();
        var whole = await RunAsync(bench, connection, endpoint, "whole.ndjson", detailed);
        Assert.Equal(CompletenessState.Complete, whole.Completeness.State);

        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(403, "no"),
            When = r => r.Kind == RequestKind.Rest
            && !IsCount(r),
            Nth = (int)bench.Server.RequestCount + (detailed ? 7 : 5),
            Times = int.MaxValue
        });
        var broken = await RunAsync(bench, connection, endpoint, "broken.ndjson", detailed);
        Assert.Equal(CompletenessState.Incomplete, broken.Completeness.State);
        Assert.InRange(broken.Completeness.Received, 20, 80);

        bench.Server.Faults.Clear();
        var resumed = await new ExportRun(connection, ExportRequest.Resuming(_folder.In("broken.ndjson"), Systems.Restore),
            bench.Signals).RunAsync(default);

        Assert.Equal(CompletenessState.Complete, resumed.Completeness.State);
        Assert.Equal(File.ReadAllBytes(_folder.In("whole.ndjson")), File.ReadAllBytes(_folder.In("broken.ndjson")));
        Assert.True(ExportVerifier.Verify(resumed.ManifestPath!, null, default).IsValid);
        Assert.True((await ExportRecount.VerifyAsync(resumed.ManifestPath!, _ => connection, bench.Signals, null, default)).IsValid);
    }

    [Fact]
    public async Task An_export_whose_token_expired_meanwhile_is_resumed_to_the_same_bytes()
    {
        var time = new ManualTimeProvider();
        using var bench = new FalconRestBench(95, server: s => s.TimeProvider = time);
        await using var connection = bench.Connect();
        const string Scroll = "/devices/queries/devices-scroll/v1";
        await RunAsync(bench, connection, Scroll, "whole.ndjson", detailed: false);
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(403, "no"),
            When = r => r.Kind == RequestKind.Rest
            && !IsCount(r),
            Nth = (int)bench.Server.RequestCount + 5,
            Times = int.MaxValue
        });
        await RunAsync(bench, connection, Scroll, "broken.ndjson", detailed: false);

        bench.Server.Faults.Clear();
        time.Advance(TimeSpan.FromMinutes(5));
        var resumed = await new ExportRun(connection, ExportRequest.Resuming(_folder.In("broken.ndjson"), Systems.Restore),
            bench.Signals).RunAsync(default);

        Assert.Equal(CompletenessState.Complete, resumed.Completeness.State);
        Assert.Equal(File.ReadAllBytes(_folder.In("whole.ndjson")), File.ReadAllBytes(_folder.In("broken.ndjson")));
        Assert.True(ExportManifest.Load(resumed.ManifestPath!).Signals["ContinuationExpired"] > 0);
    }

    [Fact]
    public async Task A_missing_token_is_in_the_manifest_and_the_repaired_export_is_complete()
    {
        using var bench = new FalconRestBench(95, f => f.PageFaults = [new RestFault(RestFaultKind.EmptyToken, 3)]);
        await using var connection = bench.Connect();
        var result = await RunAsync(bench, connection, "/devices/combined/devices/v1", "hosts.json", detailed: false);
        var manifest = ExportManifest.Load(result.ManifestPath!);

        Assert.Equal("Complete", manifest.State);
        Assert.Equal(1, manifest.Signals["ContinuationMissing"]);
        Assert.Contains(manifest.Warnings, w => w.Contains("35 of 95 records", StringComparison.Ordinal));
        using var hosts = JsonDocument.Parse(File.ReadAllBytes(_folder.In("hosts.json")));
        Assert.Equal(95, hosts.RootElement.GetArrayLength());
        Assert.Equal(JsonValueKind.Array, hosts.RootElement[0].GetProperty("policies").ValueKind);
    }

    // A list has no range: the same request returns the records of another time.
    [Fact]
    public async Task A_finished_list_is_not_the_result_of_a_later_run()
    {
        using var bench = new FalconRestBench(95);
        await using var connection = bench.Connect();
        await RunAsync(bench, connection, "/devices/combined/devices/v1", "hosts.ndjson", detailed: false);
        var request = new ExportRequest(FalconRestBench.Request("/devices/combined/devices/v1"), Target("hosts.ndjson"))
        {
            Resume = true,
            OrBegin = true
        };

        var error = await Assert.ThrowsAsync<ExportException>(() => new ExportRun(connection, request, bench.Signals).RunAsync(default));

        Assert.Equal(ExportErrorKind.OutputExists, error.Kind);
        Assert.Contains("already exists. It was made of the records of that time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_filter_does_not_resume()
    {
        using var bench = new FalconRestBench(95);
        await using var connection = bench.Connect();
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(403, "no"),
            When = r =>
            r.Query.Contains("offset=", StringComparison.Ordinal),
            Times = int.MaxValue
        });
        await RunAsync(bench, connection, "/devices/queries/devices/v1", "ids.ndjson", detailed: false);
        var other = new ExportRequest(FalconRestBench.Request("/devices/queries/devices/v1") with { Query = "status:'open'" },
            Target("ids.ndjson"))
        { Resume = true };

        var error = await Assert.ThrowsAsync<CheckpointMismatchException>(() =>
            new ExportRun(connection, other, bench.Signals).RunAsync(default));
        Assert.Equal("query", error.What);
    }

    private static bool IsCount(RequestInfo request) => request.Query.Contains("limit=1&", StringComparison.Ordinal)
        || request.Query.EndsWith("limit=1", StringComparison.Ordinal) || request.Body.Contains("\"limit\":1,", StringComparison.Ordinal)
        || request.Body.Contains("\"limit\":1}", StringComparison.Ordinal);

    private ExportTarget Target(string file) => new() { Path = _folder.In(file), Format = ExportFormats.FromPath(file, out _) };

    private Task<ExportOutcome> RunAsync(FalconRestBench bench, FalconRestConnection connection, string endpoint, string file,
        bool detailed) =>
        new ExportRun(connection, new ExportRequest(FalconRestBench.Request(endpoint) with { Detailed = detailed }, Target(file)),
            bench.Signals).RunAsync(default);
}
