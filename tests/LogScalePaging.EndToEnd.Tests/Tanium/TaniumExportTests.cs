using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Tanium;

/// <summary>Exports from Tanium: whole, broken off and resumed, verified and counted again.</summary>
public sealed class TaniumExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("json", false, false)]
    [InlineData("ndjson", true, false)]
    [InlineData("csv", false, false)]
    [InlineData("ndjson.gz", false, true)]
    [InlineData("json", true, true)]
    public async Task An_export_that_broke_off_at_any_page_is_resumed_to_the_same_bytes(string ending, bool backward, bool isText)
    {
        using var bench = new TaniumBench(95, retries: 0);
        var request = isText ? TaniumBench.Query(backward: backward) : TaniumBench.Request(backward: backward);
        var expected = await RunAsync(bench, new ExportRequest(request, Target($"whole.{ending}")));
        Assert.Equal(CompletenessState.Complete, expected.Completeness.State);

        for (var broken = 2; broken <= 5; broken++)
        {
            var name = $"broken{broken}.{ending}";
            Break(bench, atPage: broken);
            var first = await RunAsync(bench, new ExportRequest(request, Target(name)));
            Assert.Equal(CompletenessState.Incomplete, first.Completeness.State);

            bench.Options.Faults.Clear();
            var result = await RunAsync(bench, ExportRequest.Resuming(_folder.In(name), Systems.Restore));
            Assert.Equal(CompletenessState.Complete, result.Completeness.State);
            Assert.Equal(File.ReadAllBytes(_folder.In($"whole.{ending}")), File.ReadAllBytes(_folder.In(name)));
            Assert.True(ExportVerifier.Verify(result.ManifestPath!, null, default).IsValid);
        }
        Assert.True((await ExportRecount.VerifyAsync(expected.ManifestPath!, _ => bench.Connection, bench.Signals, null, default)).IsValid);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_export_whose_cursor_died_meanwhile_is_resumed_to_the_same_bytes(bool refresh)
    {
        var time = new ShiftedTimeProvider(new FastTimeProvider(20));
        using var bench = new TaniumBench(95, time: time, retries: 0);
        var request = TaniumBench.Request() with { Refresh = refresh };
        await RunAsync(bench, new ExportRequest(request, Target("whole.ndjson")));
        Break(bench, atPage: 4);
        await RunAsync(bench, new ExportRequest(request, Target("broken.ndjson")));

        bench.Options.Faults.Clear();
        time.Shift = TimeSpan.FromMinutes(6);
        var resumed = await RunAsync(bench, ExportRequest.Resuming(_folder.In("broken.ndjson"), Systems.Restore));

        Assert.Equal(CompletenessState.Complete, resumed.Completeness.State);
        Assert.Equal(File.ReadAllBytes(_folder.In("whole.ndjson")), File.ReadAllBytes(_folder.In("broken.ndjson")));
        Assert.True(ExportManifest.Load(resumed.ManifestPath!).Signals["ContinuationExpired"] > 0);
    }

    [Fact]
    public async Task The_manifest_states_the_schema_the_strategy_and_no_secret()
    {
        using var bench = new TaniumBench(95);
        var result = await RunAsync(bench, new ExportRequest(TaniumBench.Request(), Target("a.ndjson")));
        var manifest = ExportManifest.Load(result.ManifestPath!);

        Assert.Equal(("Tanium", "endpoints", "Relay", "AsSent"), (manifest.System, manifest.Repository, manifest.Strategy, manifest.Order));
        Assert.Equal(("id", null, "endpoint"), (manifest.Schema.IdentityField, manifest.Schema.TimeField, manifest.Schema.Noun));
        Assert.DoesNotContain(TaniumBench.Secret, File.ReadAllText(result.ManifestPath!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_cursor_and_a_part_of_the_estate_are_in_the_manifest()
    {
        using var bench = new TaniumBench(95, o => (o.Responded, o.PageFaults) = (40, [new TaniumFault(TaniumFaultKind.NullCursor, 3)]));
        var result = await RunAsync(bench, new ExportRequest(TaniumBench.Request(), Target("a.json")));
        var manifest = ExportManifest.Load(result.ManifestPath!);

        Assert.Equal(("Unverified", 1L), (manifest.State, manifest.Signals["ContinuationMissing"]));
        Assert.Contains(manifest.Warnings, w =>
            w.Contains("only 40 of 95 endpoints of the estate have answered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_direction_does_not_go_on_with_an_export()
    {
        using var bench = new TaniumBench(95, retries: 0);
        Break(bench, atPage: 3);
        await RunAsync(bench, new ExportRequest(TaniumBench.Request(), Target("a.ndjson")));

        foreach (var other in new[] { TaniumBench.Request(backward: true), TaniumBench.Request() with { Properties = ["name"] } })
            await Assert.ThrowsAsync<CheckpointMismatchException>(() =>
                RunAsync(bench, new ExportRequest(other, Target("a.ndjson")) { Resume = true }));
    }

    [Fact]
    public async Task A_checkpoint_holds_no_secret()
    {
        using var bench = new TaniumBench(95, retries: 0);
        Break(bench, atPage: 3);
        await RunAsync(bench, new ExportRequest(TaniumBench.Request(), Target("a.ndjson")));

        var files = Directory.GetFiles(_folder.In("a.ndjson.partial"));
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain(TaniumBench.Secret, File.ReadAllText(file), StringComparison.Ordinal));
    }

    private static void Break(TaniumBench bench, int atPage)
    {
        var pages = 0;
        bench.Options.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(403, "no"),
            When = r => TaniumBench.IsPage(r) && ++pages >= atPage,
            Times = int.MaxValue
        });
    }

    private static Task<ExportOutcome> RunAsync(TaniumBench bench, ExportRequest request) =>
        new ExportRun(bench.Connection, request, bench.Signals).RunAsync(default);

    private ExportTarget Target(string file) => new()
    {
        Path = _folder.In(file),
        Format = ExportFormats.TryFromPath(file, out var format, out var compress) ? format : throw new ArgumentException(file),
        Compress = compress,
    };
}
