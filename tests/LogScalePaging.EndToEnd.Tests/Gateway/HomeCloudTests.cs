using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>The account lives in another cloud than the one that was named.</summary>
public sealed class HomeCloudTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_found_and_only_the_sign_in_goes_to_another_cloud(bool by308)
    {
        using var bench = Bench(by308);
        using var connection = bench.Connect();
        Assert.Equal(Host(bench.Server.BaseUrl), connection.Transport.Host);
        var outcome = await bench.WalkAsync(connection);
        Assert.Equal(bench.Truth, outcome.Events);
        Assert.Equal(CompletenessState.Complete, outcome.Verdict.State);
        Assert.Equal(Host(bench.Server.HomeUrl!), outcome.Identity.Host);
        Assert.Equal(RequestKind.Token, Assert.Single(bench.Server.Requests, r => !r.IsHome).Kind);
        Assert.True(await connection.DisconnectAsync());
        Assert.True(bench.Server.Requests.Last(r => r.Kind == RequestKind.Revoke).IsHome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_export_that_broke_off_is_resumed_from_the_first_cloud(bool by308)
    {
        using var bench = Bench(by308);
        using (var first = bench.Connect(o => o with { MaxRetryCount = 0 }))
        {
            bench.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 5, times: int.MaxValue);
            var broken = await ExportAsync(bench, first, resume: false);
            Assert.Equal(CompletenessState.Incomplete, broken.Completeness.State);
            Assert.Equal(Host(bench.Server.HomeUrl!), broken.Manifest.Host);
            Assert.Equal(broken.Manifest.Host, ExportStore.Peek(_folder.In("e.ndjson")).Identity.Host);
        }
        bench.Server.Faults.Clear();
        using var second = bench.Connect();
        var resumed = await ExportAsync(bench, second, resume: true);
        Assert.Equal(CompletenessState.Complete, resumed.Completeness.State);
        Assert.Equal(Host(bench.Server.HomeUrl!), resumed.Manifest.Host);
        Assert.Equal(bench.Truth, await File.ReadAllLinesAsync(_folder.In("e.ndjson")));
        new SecretSearch(bench).In(resumed).InFiles(_folder.Path).AssertNone();
    }

    [Fact]
    public async Task A_resumption_that_cannot_sign_in_says_so_and_keeps_what_there_is()
    {
        using var bench = Bench(by308: true);
        using (var first = bench.Connect(o => o with { MaxRetryCount = 0 }))
        {
            bench.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 5, times: int.MaxValue);
            await ExportAsync(bench, first, resume: false);
        }
        var files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Length;
        using var second = bench.Connect(change: s => s with { ClientSecret = ConnectionSettings.Secret("another secret") });
        var failure = await Assert.ThrowsAsync<PagingException>(() => ExportAsync(bench, second, resume: true));
        Assert.IsType<Falcon.SignIn.FalconSignInException>(failure.InnerException);
        Assert.Equal(files, Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Length);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_of_data_to_another_host_is_not_followed(int status)
    {
        using var stranger = LogScaleSimulator.Start(new SimulatorOptions { EventCount = 0 });
        using var bench = new GatewayBench();
        using var connection = bench.Fill(10).Connect();
        bench.Server.Faults.Add(Fault.Status(status, "",
            ("Location", new Uri(stranger.BaseUrl, "/humio/api/v1/repositories/search-all/queryjobs").AbsoluteUri)), RequestKind.Create);
        var failure = await bench.FailAsync(connection);
        Assert.Equal(ApiErrorKind.Redirected, failure.Kind);
        Assert.Contains(Host(stranger.BaseUrl), failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, stranger.ConnectionsAccepted);
    }

    private static GatewayBench Bench(bool by308) => new GatewayBench(o =>
    {
        o.Gateway!.HomeRegion = "us-2";
        o.Gateway.HomeBy308 = by308;
    }).Fill(1_500);

    private async Task<ExportOutcome> ExportAsync(GatewayBench bench, LogScaleSearchConnection connection, bool resume)
    {
        var target = new ExportTarget { Path = _folder.In("e.ndjson"), Format = ExportFormat.NdJson };
        var spec = TestBench.Spec() with { Strategy = SearchStrategy.Around };
        return await new ExportRun(connection, new ExportRequest(spec, target) { Resume = resume }, bench.Signals).RunAsync(default);
    }

    private static string Host(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
