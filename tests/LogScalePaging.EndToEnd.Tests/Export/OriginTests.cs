using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;

namespace LogScalePaging.EndToEnd.Tests.Export;

/// <summary>
/// What a manifest says about the origin of an export: its runs, its program, its clock, its slice, and what was left out.
/// </summary>
public sealed class OriginTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestBench _bench = new TestBench().Fill(300, crowd: 50);

    private string Output => _folder.In("events.ndjson");

    private ExportRequest Request => new(TestBench.Spec(), new ExportTarget { Path = Output, Format = ExportFormat.NdJson });

    public void Dispose()
    {
        _bench.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_manifest_names_the_operator_the_machine_the_program_and_the_clock()
    {
        var before = TimeProvider.System.GetUtcNow();
        var manifest = await ExportAsync(Request);
        var run = Assert.Single(manifest.Runs!);
        Assert.Contains(Environment.UserName, run.Operator, StringComparison.Ordinal);
        Assert.Equal((Environment.MachineName, ToolInfo.Version), (run.Machine, run.Version));
        var engine = Assert.Single(manifest.Program!.Files, f => f.Path == "LogScalePaging.Core.dll");
        Assert.Equal(FileHash.Sha256(typeof(ToolInfo).Assembly.Location), engine.Sha256);
        Assert.Contains(manifest.Program.Files, f => f.Path == "Polly.Core.dll");
        Assert.DoesNotContain(manifest.Program.Files, f => f.Path.StartsWith("xunit", StringComparison.Ordinal));
        Assert.Contains(".NET", manifest.Program.Runtime, StringComparison.Ordinal);
        Assert.NotEmpty(manifest.Program.System);
        // The clock of the simulator is that of its events, and so far behind.
        var clock = manifest.Clock!;
        Assert.Equal("System", clock.Source);
        Assert.InRange(clock.LocalTime!.Value, before, TimeProvider.System.GetUtcNow());
        Assert.InRange(clock.ServerDate!.Value.ToUnixTimeMilliseconds(), TestBench.Newest, TestBench.Newest + 600_000);
        Assert.InRange(clock.UncertaintyMilliseconds!.Value, 500, 60_000);
        var difference = (long)(clock.ServerDate.Value - clock.LocalTime.Value).TotalMilliseconds;
        Assert.InRange(clock.OffsetMilliseconds!.Value, difference, difference + (2 * clock.UncertaintyMilliseconds.Value));
        Assert.Empty(manifest.Exclusions!);
        Assert.Equal((null, null), (manifest.Plan, manifest.Slice));
    }

    [Fact]
    public async Task The_operator_can_be_left_out()
    {
        await ExportAsync(Request with { NoOperator = true });
        using var json = JsonDocument.Parse(File.ReadAllText(Output + ".manifest.json"));
        var run = Assert.Single(json.RootElement.GetProperty("runs").EnumerateArray());
        Assert.Equal(["started", "version"], run.EnumerateObject().Select(p => p.Name));
        Assert.DoesNotContain(Environment.MachineName, json.RootElement.GetProperty("runs").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_run_is_listed_and_a_resumption_by_path_keeps_the_choices(bool noOperator)
    {
        var broken = await BreakAsync(Request with { NoOperator = noOperator, Plan = "plan-1", Slice = 3 });
        Assert.NotNull(broken.PartialPath);
        var resumed = ExportRequest.Resuming(Output, Systems.Restore);
        Assert.Equal(noOperator, resumed.NoOperator);
        var manifest = await ExportAsync(resumed);
        Assert.Equal(2, manifest.Runs!.Count);
        Assert.All(manifest.Runs, run => Assert.Equal(noOperator, run.Operator is null && run.Machine is null));
        Assert.True(manifest.Runs[0].Started <= manifest.Runs[1].Started);
        Assert.Equal(("plan-1", 3), (manifest.Plan, manifest.Slice));
    }

    [Fact]
    public async Task What_was_left_out_is_listed()
    {
        var manifest = await ExportAsync(Request with
        {
            Search = TestBench.Spec() with { MaxEvents = 100 },
            Target = Request.Target with { Property = ["@id", "@timestamp", "ComputerName"], ExcludeProperty = ["Computer*"] },
        });
        Assert.Equal(
            [new("BeyondLimit", 200, "The export was limited to 100 events."),
                new("OtherFields", 100, "Only these fields were kept: @id, @timestamp, ComputerName."),
                new("ExcludedFields", 100, "These fields were left out: Computer*.")],
            manifest.Exclusions!);
    }

    [Fact]
    public void Duplicates_late_events_and_replaced_bytes_are_listed()
    {
        var manifest = JsonSerializer.Deserialize<ExportManifest>(
            """
            {"manifestVersion":2,"state":"Complete","system":"LogScale","host":"h","repository":"r","query":"*","querySha256":"","range":{},
            "strategy":"s","format":"json","files":[],"counts":{"duplicatesDropped":2,"late":3,"invalidUtf8":4}}
            """, JsonSerializerOptions.Web)!;
        Assert.Equal([("Duplicates", 2L), ("Late", 3L), ("InvalidUtf8", 4L)],
            ManifestExclusions.Of(manifest).Select(e => (e.Kind, e.Count ?? 0)));
        Assert.Null(manifest.Runs);
    }

    private async Task<ExportManifest> ExportAsync(ExportRequest request)
    {
        var result = await new ExportRun(_bench.Connection, request, new SignalLog()).RunAsync(default);
        Assert.True(result.Error is null, result.Error?.Message);
        Assert.True(ExportVerifier.Verify(Output, null, default).IsValid);
        return ExportManifest.Load(result.ManifestPath!);
    }

    private async Task<ExportOutcome> BreakAsync(ExportRequest request)
    {
        using var stop = new CancellationTokenSource();
        var pages = 0;
        return await new ExportRun(_bench.Connection, request with { Search = TestBench.Spec(pageSize: 50) }, new SignalLog(), progress =>
        {
            if (progress.Search.Received > 0 && ++pages == 3)
                stop.Cancel();
        }).RunAsync(stop.Token);
    }
}
