using LogScalePaging.Axiom;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Axiom;

/// <summary>Exports from Axiom: whole, broken off and resumed, verified and counted again.</summary>
public sealed class AxiomExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("json", AxiomPaging.Time, false)]
    [InlineData("ndjson", AxiomPaging.Time, true)]
    [InlineData("csv", AxiomPaging.Time, false)]
    [InlineData("ndjson.gz", AxiomPaging.Cursor, false)]
    [InlineData("json", AxiomPaging.Cursor, true)]
    public async Task An_export_that_broke_off_at_any_page_is_resumed_to_the_same_bytes(string ending, AxiomPaging paging, bool oldestFirst)
    {
        using var bench = new AxiomBench(retries: 0);
        var request = bench.Request with { Paging = paging, OldestFirst = oldestFirst, PageSize = 40 };
        var expected = await RunAsync(bench, new ExportRequest(request, Target($"whole.{ending}")));
        Assert.Equal(CompletenessState.Complete, expected.Completeness.State);
        var pages = bench.Server.Requests.Count(IsPage);

        for (var broken = 2; broken <= pages; broken++)
        {
            var name = $"broken{broken}.{ending}";
            var seen = 0;
            var fault = broken;
            bench.Options.Faults.Clear();
            bench.Options.Faults.Add(
                new FaultRule
                {
                    Fault = Fault.Status(400, "down"),
                    Times = 1,
                    When = r => r.Body.Contains("limit", StringComparison.Ordinal) && ++seen == fault
                });
            var first = await RunAsync(bench, new ExportRequest(request, Target(name)));
            Assert.Equal(CompletenessState.Incomplete, first.Completeness.State);

            var result = await RunAsync(bench, ExportRequest.Resuming(_folder.In(name), Systems.Restore));
            Assert.Equal(CompletenessState.Complete, result.Completeness.State);
            Assert.Equal(File.ReadAllBytes(_folder.In($"whole.{ending}")), File.ReadAllBytes(_folder.In(name)));
            Assert.True(ExportVerifier.Verify(result.ManifestPath!, null, default).IsValid);
        }
        Assert.True((await ExportRecount.VerifyAsync(expected.ManifestPath!, _ => bench.Connection, bench.Signals, null, default)).IsValid);
    }

    [Fact]
    public async Task A_relative_range_is_resumed_as_it_was_pinned()
    {
        using var bench = new AxiomBench(retries: 0, isNow: true);
        var request = bench.Request with { Start = new(null, "3h"), End = new(null, "now"), PageSize = 40 };
        bench.Options.Faults.Add(
            new FaultRule
            {
                Fault = Fault.Status(400, "down"),
                Times = 1,
                When = r => r.NumberOfKind > 4 && r.Body.Contains("limit", StringComparison.Ordinal)
            });
        var first = await RunAsync(bench, new ExportRequest(request, Target("a.ndjson")));
        Assert.Equal(CompletenessState.Incomplete, first.Completeness.State);

        var result = await RunAsync(bench, new ExportRequest(request, Target("a.ndjson")) { Resume = true, OrBegin = true });

        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        Assert.Equal(first.Manifest.Range, result.Manifest.Range);
        Assert.Contains(bench.Signals.Warnings,
            w => w.Message.Contains("the range is that of the first run, 20", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_manifest_states_the_schema_the_range_and_the_strategy()
    {
        using var bench = new AxiomBench();
        var result = await RunAsync(bench, new ExportRequest(bench.Request with { OldestFirst = true }, Target("a.ndjson")));
        var manifest = ExportManifest.Load(result.ManifestPath!);

        Assert.Equal(("Axiom", "demo", "Time", "OldestFirst"), (manifest.System, manifest.Repository, manifest.Strategy, manifest.Order));
        Assert.Equal(("_time", null, "2026-05-01T10:59:59.000000000Z"),
            (manifest.Schema.TimeField, manifest.Schema.IdentityField, manifest.WithUnits().Range.StartUtc));
        Assert.True(manifest.Ordered);
        Assert.Equal((0, 0), (manifest.Counts.WithoutId, manifest.Counts.OutsideRange));
    }

    [Fact]
    public async Task A_result_that_comes_whole_is_exported_too()
    {
        using var bench = new AxiomBench();
        var result = await RunAsync(bench,
            new ExportRequest(bench.Request with { Query = "['demo'] | summarize count() by level" }, Target("a.csv")));

        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        Assert.Equal(5, File.ReadAllLines(_folder.In("a.csv")).Length);
        Assert.Contains("so the result is requested in one answer", result.Manifest.StrategyReason, StringComparison.Ordinal);
        Assert.True(ExportVerifier.Verify(result.ManifestPath!, null, default).IsValid);
    }

    [Fact]
    public async Task Another_order_does_not_go_on_with_an_export()
    {
        using var bench = new AxiomBench(retries: 0);
        bench.Options.Faults.Add(
            new FaultRule
            {
                Fault = Fault.Status(400, "down"),
                Times = 1,
                When = r => r.NumberOfKind > 3 && r.Body.Contains("limit", StringComparison.Ordinal)
            });
        await RunAsync(bench, new ExportRequest(bench.Request, Target("a.ndjson")));

        await Assert.ThrowsAsync<CheckpointMismatchException>(() =>
            RunAsync(bench, new ExportRequest(bench.Request with { OldestFirst = true }, Target("a.ndjson")) { Resume = true }));
    }

    [Fact]
    public async Task A_finished_export_of_the_same_absolute_range_is_the_result_at_once()
    {
        using var bench = new AxiomBench();
        var request = new ExportRequest(bench.Request, Target("a.ndjson")) { Resume = true, OrBegin = true };
        var first = await RunAsync(bench, request);
        var requests = bench.Server.RequestCount;

        var second = await RunAsync(bench, request);

        Assert.Equal(requests, bench.Server.RequestCount);
        Assert.Equal((CompletenessState.Complete, first.Manifest.Range), (second.Completeness.State, second.Manifest.Range));
    }

    [Fact]
    public async Task A_finished_export_in_another_order_is_not_the_result()
    {
        using var bench = new AxiomBench();
        await RunAsync(bench, new ExportRequest(bench.Request, Target("a.ndjson")));

        var error = await Assert.ThrowsAsync<ExportException>(() =>
            RunAsync(bench,
                new ExportRequest(bench.Request with { OldestFirst = true }, Target("a.ndjson")) { Resume = true, OrBegin = true }));

        Assert.Equal(ExportErrorKind.OutputExists, error.Kind);
        Assert.Contains("Its order is 'NewestFirst', this run's is 'OldestFirst'.", error.Message, StringComparison.Ordinal);
    }

    private static bool IsPage(RequestRecord request) => request.Body.Contains("limit", StringComparison.Ordinal);

    private static Task<ExportOutcome> RunAsync(AxiomBench bench, ExportRequest request) =>
        new ExportRun(bench.Connection, request, bench.Signals).RunAsync(default);

    private ExportTarget Target(string file) => new()
    {
        Path = _folder.In(file),
        Format = ExportFormats.TryFromPath(file, out var format, out var compress) ? format : throw new ArgumentException(file),
        Compress = compress,
    };
}
