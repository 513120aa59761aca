using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>A search gives the same result directly and through the gateway.</summary>
public sealed class SameSearchTests
{
    [Theory]
    [InlineData(TestBench.Query, SearchStrategy.Auto)]
    [InlineData(TestBench.Query, SearchStrategy.Around)]
    [InlineData(TestBench.Query, SearchStrategy.Window)]
    [InlineData(TestBench.Query + " | count()", SearchStrategy.Auto)]
    public async Task Only_the_connection_changes(string query, SearchStrategy strategy)
    {
        using var bench = new GatewayBench().Fill(2_500);
        using var direct = new ConnectionSettings
        {
            BaseUrl = bench.Server.BaseUrl.AbsoluteUri,
            Repository = bench.Server.Repository,
            Token = ConnectionSettings.Secret(bench.Server.Token)
        }.Connect(_ => null);
        using var gateway = bench.Connect();
        Assert.Equal((false, true), (direct.IsGateway, gateway.IsGateway));
        var spec = TestBench.Spec(query) with
        {
            Start = QueryTime.At(TestBench.Newest - 3_600_000),
            End = QueryTime.At(TestBench.Newest + 1),
            Strategy = strategy
        };
        var (one, other) = (await bench.WalkAsync(direct, spec), await bench.WalkAsync(gateway, spec));
        Assert.Equal(one.Events, other.Events);
        Assert.Equal(one.Strategy, other.Strategy);
        Assert.Equal(one.Verdict.State, other.Verdict.State);
        Assert.Equal(one.Identity with { Repository = gateway.Repository }, other.Identity);
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    [Fact]
    public async Task All_paths_except_the_sign_in_are_below_the_path_of_NG_SIEM()
    {
        using var bench = new GatewayBench().Fill(300);
        var connection = bench.Connect();
        await bench.WalkAsync(connection);
        Assert.True(await connection.DisconnectAsync());
        Assert.False(await connection.DisconnectAsync());
        Assert.Equal("/oauth2/token", bench.Server.Requests[0].PathAndQuery);
        Assert.Equal("/oauth2/revoke", bench.Server.Requests[^1].PathAndQuery);
        Assert.All(bench.Server.Requests.Skip(1).SkipLast(1),
            r => Assert.StartsWith("/humio/api/v1/repositories/search-all/queryjobs", r.PathAndQuery, StringComparison.Ordinal));
        Assert.All(bench.Server.Tokens, t => Assert.True(t.IsRevoked));
        Assert.Contains(bench.Server.Requests, r => r.Kind == RequestKind.Delete && r.Status == 200);
    }
}
