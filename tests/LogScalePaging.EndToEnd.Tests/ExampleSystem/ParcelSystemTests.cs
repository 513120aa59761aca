using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.EndToEnd.Tests.ExampleSystem;

/// <summary>A system that is written against the contracts alone has pages, a verdict, exports and resumption.</summary>
public sealed class ParcelSystemTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SignalLog _signals = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(199)]
    [InlineData(200)]
    [InlineData(201)]
    public async Task Every_parcel_comes_once_and_is_counted(int count)
    {
        using var server = new ParcelServer(count);
        var (parcels, verdict) = await WalkAsync(server);

        Assert.Equal(Enumerable.Range(0, count).Select(i => $"p{i}"), parcels.Select(p => p.Id));
        Assert.Equal(CompletenessState.Complete, verdict.State);
    }

    [Fact]
    public async Task An_expired_cursor_restarts_the_walk_and_no_parcel_comes_twice()
    {
        using var server = new ParcelServer(500) { ExpiresAfter = 3 };
        var (parcels, verdict) = await WalkAsync(server);

        Assert.Equal(500, parcels.Select(p => p.Id).Distinct().Count());
        Assert.Equal(500, parcels.Count);
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Contains(_signals.Warnings, w => w.Message.Contains("the cursor expired", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_parcel_that_is_counted_and_not_listed_makes_the_result_incomplete()
    {
        using var server = new ParcelServer(250) { Hidden = 1 };
        var (parcels, verdict) = await WalkAsync(server);

        Assert.Equal(250, parcels.Count);
        Assert.Equal((CompletenessState.Incomplete, 1), (verdict.State, verdict.Missing));
    }

    [Fact]
    public async Task A_result_without_a_count_is_unverified_and_says_why()
    {
        using var server = new ParcelServer(250) { RefusesToCount = true };
        var (_, verdict) = await WalkAsync(server);

        Assert.Equal(CompletenessState.Unverified, verdict.State);
        Assert.Contains("the count failed", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("ndjson")]
    [InlineData("csv")]
    public async Task An_export_that_broke_off_is_resumed_by_its_path_to_the_same_bytes(string ending)
    {
        using var whole = new ParcelServer(1_000);
        await using var connection = whole.Connect();
        var expected = await new ExportRun(connection, Request(Target($"whole.{ending}")), _signals).RunAsync(default);
        Assert.Equal(CompletenessState.Complete, expected.Completeness.State);

        using var broken = new ParcelServer(1_000) { BreaksAfter = 4 };
        await using var second = broken.Connect();
        var first = await new ExportRun(second, Request(Target($"broken.{ending}")), _signals).RunAsync(default);
        Assert.Equal(CompletenessState.Incomplete, first.Completeness.State);
        Assert.Equal(400, first.Completeness.Received);

        broken.BreaksAfter = null;
        var pages = broken.Pages;
        var result = await new ExportRun(second, ExportRequest.Resuming(_folder.In($"broken.{ending}"), ParcelRequest.Restore),
            _signals).RunAsync(default);

        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        Assert.Equal(6, broken.Pages - pages);
        Assert.Equal(File.ReadAllBytes(_folder.In($"whole.{ending}")), File.ReadAllBytes(_folder.In($"broken.{ending}")));
        Assert.True(ExportVerifier.Verify(result.ManifestPath!, null, default).IsValid);
        Assert.True((await ExportRecount.VerifyAsync(result.ManifestPath!, _ => second, _signals, null, default)).IsValid);
        Assert.Equal(ParcelStrategy.Schema, ExportManifest.Load(result.ManifestPath!).Schema);
    }

    [Fact]
    public async Task A_resumed_export_knows_what_was_kept_when_its_cursor_has_expired()
    {
        using var server = new ParcelServer(1_000) { BreaksAfter = 4 };
        await using var connection = server.Connect();
        var target = Target("some.ndjson");
        await new ExportRun(connection, Request(target), _signals).RunAsync(default);

        (server.BreaksAfter, server.ExpiresAfter) = (null, 1);
        var result = await new ExportRun(connection, ExportRequest.Resuming(target.Path, ParcelRequest.Restore),
            _signals).RunAsync(default);

        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        Assert.Equal(1_000, File.ReadLines(target.Path).Distinct().Count());
        Assert.Equal(1_000, File.ReadLines(target.Path).Count());
    }

    [Fact]
    public async Task A_walk_without_a_count_that_begins_again_reads_on_past_what_is_known()
    {
        using var server = new ParcelServer(1_000) { RefusesToCount = true, ExpiresAfter = 6 };
        var (parcels, verdict) = await WalkAsync(server);

        Assert.Equal(1_000, parcels.Count);
        Assert.Equal(CompletenessState.Unverified, verdict.State);
    }

    [Fact]
    public async Task A_part_that_was_damaged_is_fetched_again_and_named()
    {
        using var server = new ParcelServer(1_000) { BreaksAfter = 4 };
        await using var connection = server.Connect();
        await new ExportRun(connection, Request(Target("e.ndjson")), new SignalLog()).RunAsync(default);
        File.WriteAllText(Assert.Single(Directory.GetFiles(_folder.In("e.ndjson.partial"), "part-*")), "{}");
        server.BreaksAfter = null;

        var result = await new ExportRun(connection, Request(Target("e.ndjson")) with { Resume = true }, _signals).RunAsync(default);

        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        Assert.Equal(1_000, File.ReadLines(_folder.In("e.ndjson")).Count());
        Assert.Contains(_signals.Warnings,
            w => w.Message.Contains("400 parcels are fetched again, because their parts on disk are missing or damaged",
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_limit_ends_the_walk_and_the_export()
    {
        using var server = new ParcelServer(1_000);
        await using var connection = server.Connect();
        var result = await new ExportRun(connection,
            new ExportRequest(new ParcelRequest("Bern") { MaxEvents = 150 }, Target("some.ndjson")), _signals).RunAsync(default);

        Assert.Equal(150, File.ReadLines(_folder.In("some.ndjson")).Count());
        Assert.Equal(CompletenessState.Complete, result.Completeness.State);
        Assert.Equal(2, server.Pages);
    }

    [Fact]
    public async Task A_search_of_another_system_is_refused()
    {
        using var server = new ParcelServer(1);
        await using var connection = server.Connect();
        var error = Assert.Throws<ArgumentException>(() => connection.Open(new LogScale.Queries.SearchSpec("*"), _signals));

        Assert.Contains("This is a search of LogScale, but the connection is to Parcels.", error.Message, StringComparison.Ordinal);
    }

    private static ExportRequest Request(ExportTarget target) => new(new ParcelRequest("Bern"), target);

    private ExportTarget Target(string file) => new() { Path = _folder.In(file), Format = ExportFormats.FromPath(file, out _) };

    private async Task<(List<Record> Parcels, Completeness Verdict)> WalkAsync(ParcelServer server)
    {
        await using var connection = server.Connect();
        await using var search = connection.Open(new ParcelRequest("Bern"), _signals);
        var parcels = new List<Record>();
        await foreach (var page in search.PagesAsync(null, default))
            parcels.AddRange(page.Items);
        return (parcels, await search.JudgeAsync(default));
    }
}
