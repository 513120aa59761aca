using LogScalePaging.Falcon;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.LogScale;
using LogScalePaging.Simulator;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>Errors that a retry does not help against. Each has its own message, after the first try.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_wrong_secret(int status)
    {
        using var bench = new GatewayBench(o => o.Gateway!.SignInRefusal = status);
        using var connection = bench.Connect(change: s => s with { ClientSecret = ConnectionSettings.Secret("another secret") });
        var failure = Assert.IsType<FalconSignInException>(await bench.FailAsync(connection));
        Assert.Equal(FalconSignInProblem.Credentials, failure.Problem);
        Assert.Contains("client id or the secret is wrong", failure.Message, StringComparison.Ordinal);
        AssertOnce(bench, failure, RequestKind.Token);
    }

    [Fact]
    public async Task A_member_CID_that_is_not_a_child()
    {
        using var bench = new GatewayBench(o => o.Gateway!.MemberCids = ["0123456789abcdef0123456789abcdef"]);
        using var connection = bench.Connect(change: s => s with { MemberCid = "FEDCBA9876543210FEDCBA9876543210-4F" });
        var failure = Assert.IsType<FalconSignInException>(await bench.FailAsync(connection));
        Assert.Equal(FalconSignInProblem.MemberCid, failure.Problem);
        Assert.Contains("fedcba9876543210fedcba9876543210 ", failure.Message, StringComparison.Ordinal);
        AssertOnce(bench, failure, RequestKind.Token);
    }

    [Fact]
    public async Task A_valid_member_CID_is_accepted_in_any_spelling()
    {
        using var bench = new GatewayBench(o => o.Gateway!.MemberCids = ["0123456789abcdef0123456789abcdef"]);
        using var connection = bench.Fill(3).Connect(change: s => s with { MemberCid = "0123456789ABCDEF0123456789ABCDEF-4F" });
        Assert.Equal(3, (await bench.WalkAsync(connection)).Events.Count);
        Assert.Equal("0123456789abcdef0123456789abcdef", Assert.Single(bench.Server.Tokens).MemberCid);
    }

    [Theory]
    [InlineData("ngsiem:read")]
    [InlineData("hosts:read")]
    public async Task A_missing_scope(string scope)
    {
        using var bench = new GatewayBench(o => o.Gateway!.Scopes = [scope]);
        using var connection = bench.Connect();
        var failure = await bench.FailAsync(connection);
        Assert.Equal(ApiErrorKind.Forbidden, failure.Kind);
        Assert.Contains("scope NGSIEM with read and write", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'search-all'", failure.Message, StringComparison.Ordinal);
        AssertOnce(bench, failure, RequestKind.Token, RequestKind.Create);
    }

    [Fact]
    public async Task A_repository_that_is_not_there()
    {
        using var bench = new GatewayBench();
        using var connection = bench.Connect(repository: "search-everything");
        var failure = await bench.FailAsync(connection);
        Assert.Equal(ApiErrorKind.NotFound, failure.Kind);
        Assert.Contains("no repository 'search-everything'", failure.Message, StringComparison.Ordinal);
        AssertOnce(bench, failure, RequestKind.Token, RequestKind.Create);
    }

    [Fact]
    public async Task A_cloud_that_sends_on_to_one_that_is_not_known()
    {
        using var bench = new GatewayBench(o => o.Gateway!.HomeRegion = "us-9");
        using var connection = bench.Connect(change: s => s with { Clouds = [new FalconCloud("us-1", bench.Server.BaseUrl)] });
        var failure = Assert.IsType<FalconSignInException>(await bench.FailAsync(connection));
        Assert.Equal(FalconSignInProblem.UnknownCloud, failure.Problem);
        Assert.Contains(bench.Server.HomeUrl!.GetLeftPart(UriPartial.Authority), failure.Message, StringComparison.Ordinal);
        AssertOnce(bench, failure, RequestKind.Token);
        Assert.All(bench.Server.Requests, r => Assert.False(r.IsHome));
    }

    [Fact]
    public async Task A_server_that_is_not_a_gateway()
    {
        using var bench = new GatewayBench(o => o.Gateway = null);
        var settings = new FalconConnectionSettings
        {
            ClientId = "id",
            ClientSecret = ConnectionSettings.Secret(GatewayBench.Secret),
            BaseUrl = bench.Server.BaseUrl.AbsoluteUri
        };
        using var connection = NgSiem.Connect(settings, null, _ => null);
        var failure = Assert.IsType<FalconSignInException>(await bench.FailAsync(connection));
        Assert.Equal(FalconSignInProblem.NotFalcon, failure.Problem);
    }

    [Fact]
    public async Task The_token_of_the_server_itself_is_not_valid_at_the_gateway()
    {
        using var bench = new GatewayBench();
        using var connection = new LogScaleSearchConnection(new ApiTransport(new ApiTransportOptions
        {
            BaseUrl = new Uri(bench.Server.BaseUrl, "humio"),
            Tokens = new StaticTokenSource(ConnectionSettings.Secret(bench.Server.Token)!),
        }), "search-all");
        var failure = await bench.FailAsync(connection);
        Assert.Equal(ApiErrorKind.Unauthorized, failure.Kind);
        AssertOnce(bench, failure, RequestKind.Create);
    }

    [Fact]
    public async Task A_token_that_is_suddenly_refused_is_replaced_once_without_a_warning()
    {
        using var bench = new GatewayBench();
        using var connection = bench.Fill(900).Connect();
        await GatewayBench.AskAsync(connection);
        bench.Server.ExpireAllTokens();
        Assert.Equal(900, (await bench.WalkAsync(connection, cancellationToken: default)).Events.Count);
        Assert.Equal(2, bench.Server.TokenRequests);
    }

    private static void AssertOnce(GatewayBench bench, ApiException failure, params RequestKind[] requests)
    {
        Assert.Equal(requests, bench.Server.Requests.Select(r => r.Kind));
        Assert.False(failure.IsTransient);
        Assert.NotNull(failure.TraceId);
        Assert.EndsWith($"(trace id {failure.TraceId})", failure.Message, StringComparison.Ordinal);
        new SecretSearch(bench).In(failure).AssertNone();
    }
}
