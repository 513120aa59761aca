using System.Text.Json.Nodes;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>An export belongs to the tenant that it was begun for.</summary>
public sealed class TenantTests : IDisposable
{
    private const string One = "0123456789abcdef0123456789abcdef";
    private const string Other = "fedcba9876543210fedcba9876543210";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(One, Other)]
    [InlineData(One, null)]
    [InlineData(null, Other)]
    public async Task It_is_not_resumed_for_another_tenant(string? begun, string? resumed)
    {
        using var bench = Bench();
        await BreakAsync(bench, begun);
        var files = Files();
        using (var connection = Connect(bench, resumed))
        {
            var failure = await Assert.ThrowsAsync<CheckpointMismatchException>(() => ExportAsync(bench, connection, resume: true));
            Assert.Equal(("tenant", begun ?? "(the account's own)", resumed ?? "(the account's own)"), (failure.What, failure.Saved,
                failure.Asked));
            Assert.Contains(failure.Saved, failure.Message, StringComparison.Ordinal);
            Assert.Contains(failure.Asked, failure.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<CheckpointMismatchException>(() =>
                new ExportRun(connection, ExportRequest.Resuming(_folder.In("e.ndjson"), Systems.Restore),
                    bench.Signals).RunAsync(default));
        }
        Assert.Equal(files, Files());
        using var same = Connect(bench, begun);
        var whole = await ExportAsync(bench, same, resume: true);
        Assert.Equal((CompletenessState.Complete, begun, ExportManifest.CurrentVersion), (whole.Completeness.State, whole.Manifest.Tenant,
            whole.Manifest.ManifestVersion));
        Assert.Equal(bench.Truth, await File.ReadAllLinesAsync(_folder.In("e.ndjson")));
        Assert.Equal(begun, ExportManifest.Load(_folder.In("e.ndjson.manifest.json")).Tenant);
    }

    [Theory]
    [InlineData(SearchStrategy.Around)]
    [InlineData(SearchStrategy.Window)]
    public async Task A_checkpoint_of_version_1_is_read_and_belongs_to_the_tenant_that_resumes_it(SearchStrategy strategy)
    {
        using var bench = Bench();
        await BreakAsync(bench, One, strategy);
        ToVersion1();
        bench.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 3, times: int.MaxValue);
        using (var again = Connect(bench, One))
            Assert.NotNull((await ExportAsync(bench, again, resume: true, strategy)).Error);
        bench.Server.Faults.Clear();
        Assert.Equal((ExportState.CurrentVersion, One), (ExportStore.Peek(_folder.In("e.ndjson")).Version,
            ExportStore.Peek(_folder.In("e.ndjson")).Identity.Tenant));
        using (var other = Connect(bench, Other))
            await Assert.ThrowsAsync<CheckpointMismatchException>(() => ExportAsync(bench, other, resume: true, strategy));
        using var connection = Connect(bench, One);
        var whole = await ExportAsync(bench, connection, resume: true, strategy);
        Assert.Equal((CompletenessState.Complete, One), (whole.Completeness.State, whole.Manifest.Tenant));
        Assert.Equal(bench.Truth, await File.ReadAllLinesAsync(_folder.In("e.ndjson")));
    }

    [Theory]
    [InlineData(SearchStrategy.Around)]
    [InlineData(SearchStrategy.Window)]
    public async Task A_checkpoint_of_version_2_is_read_and_belongs_to_its_tenant(SearchStrategy strategy)
    {
        using var bench = Bench();
        await BreakAsync(bench, One, strategy);
        ToVersion2();
        using (var other = Connect(bench, Other))
            await Assert.ThrowsAsync<CheckpointMismatchException>(() => ExportAsync(bench, other, resume: true, strategy));
        using var connection = Connect(bench, One);
        var whole = await ExportAsync(bench, connection, resume: true, strategy);
        Assert.Equal((CompletenessState.Complete, One, "@id"),
            (whole.Completeness.State, whole.Manifest.Tenant, whole.Manifest.Schema.IdentityField));
        Assert.Equal(bench.Truth, await File.ReadAllLinesAsync(_folder.In("e.ndjson")));
    }

    [Fact]
    public async Task A_recount_for_another_tenant_says_so()
    {
        using var bench = Bench();
        using var one = Connect(bench, One);
        await ExportAsync(bench, one, resume: false);
        using var other = Connect(bench, Other);
        var path = _folder.In("e.ndjson");
        Assert.Null((await CountAsync(bench, one, path)).Detail);
        var said = (await CountAsync(bench, other, path)).Detail;
        Assert.Contains($"for tenant {Other}, exported from", said, StringComparison.Ordinal);
        Assert.EndsWith($"for tenant {One}", said, StringComparison.Ordinal);
        // Version 1 does not say which tenant it was.
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path + ".manifest.json"))!.AsObject();
        manifest["manifestVersion"] = 1;
        manifest.Remove("tenant");
        await File.WriteAllTextAsync(path + ".manifest.json", manifest.ToJsonString());
        Assert.Null((await CountAsync(bench, other, path)).Detail);
        Assert.True(ExportVerifier.Verify(path, null, default).IsValid);
    }

    private static GatewayBench Bench() => new GatewayBench(o =>
    {
        o.MaxTail = 200;
        o.Gateway!.MemberCids = [One, Other];
    }).Fill(2_000);

    private static LogScaleSearchConnection Connect(GatewayBench bench, string? tenant) =>
        bench.Connect(o => o with { MaxRetryCount = 0 }, s => s with { MemberCid = tenant });

    private static async Task<VerificationFinding> CountAsync(GatewayBench bench, LogScaleSearchConnection connection, string path) =>
        (await ExportRecount.VerifyAsync(path, _ => connection, bench.Signals, null, default)).Findings.Single(f =>
            f.Check == "ServerCount");

    private async Task BreakAsync(GatewayBench bench, string? tenant, SearchStrategy strategy = SearchStrategy.Around)
    {
        using var connection = Connect(bench, tenant);
        bench.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: strategy == SearchStrategy.Window ? 12 : 7,
            times: int.MaxValue);
        Assert.Equal(CompletenessState.Incomplete, (await ExportAsync(bench, connection, resume: false, strategy)).Completeness.State);
        bench.Server.Faults.Clear();
    }

    // As the version before wrote it: without the tenant, in whatever identity.
    private void ToVersion1()
    {
        ToVersion2();
        var text = File.ReadAllText(CheckpointPath).Replace($",\"tenant\":\"{One}\"", "", StringComparison.Ordinal).Replace("\"version\":2",
            "\"version\":1", StringComparison.Ordinal);
        Assert.DoesNotContain("tenant", text, StringComparison.Ordinal);
        File.WriteAllText(CheckpointPath, text);
    }

    private void ToVersion2()
    {
        var text = System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(CheckpointPath), "\"schema\":{[^}]*},", "");
        Assert.DoesNotContain("@id", text, StringComparison.Ordinal);
        // Parts had a SHA-256 then.
        text = System.Text.RegularExpressions.Regex.Replace(text, "(\"file\":\"([^\"]+)\"[^{}]*?)\"xxHash128\":\"[0-9a-f]{32}\"",
            part => $"{part.Groups[1].Value}\"sha256\":\"{FileHash.Sha256(_folder.In("e.ndjson.partial/" + part.Groups[2].Value))}\"");
        Assert.DoesNotContain("xxHash128", text, StringComparison.Ordinal);
        File.WriteAllText(CheckpointPath, text.Replace("\"version\":4", "\"version\":2", StringComparison.Ordinal));
        Assert.Equal(2, ExportStore.Peek(_folder.In("e.ndjson")).Version);
    }

    private string CheckpointPath => _folder.In("e.ndjson.partial/checkpoint.json");

    private string[] Files() => [.. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private Task<ExportOutcome> ExportAsync(GatewayBench bench, LogScaleSearchConnection connection, bool resume,
        SearchStrategy strategy = SearchStrategy.Around)
    {
        var target = new ExportTarget { Path = _folder.In("e.ndjson"), Format = ExportFormat.NdJson };
        return new ExportRun(connection, new ExportRequest(TestBench.Spec() with { Strategy = strategy }, target) { Resume = resume },
            bench.Signals).RunAsync(default);
    }
}
