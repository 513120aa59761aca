using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.SignIn;

namespace LogScalePaging.Core.Tests.Falcon;

public sealed class FalconHomeTests : IDisposable
{
    private readonly ScriptedServer _home = new() { Otherwise = Replies.Json("\"from home\"") };
    private readonly List<FalconCloud> _clouds = [];

    public FalconHomeTests()
    {
        _home.Route = r => r.Target == "/oauth2/token" ? FalconRig.Token("home-token", 1799, "X-Cs-Region: us-2") : null;
        _clouds.Add(new FalconCloud("us-2", _home.Url));
    }

    [Fact]
    public async Task A_308_moves_the_sign_in_and_later_requests_to_the_other_cloud()
    {
        using var falcon = Falcon();
        falcon.Sign = _ => Replies.Status(308, $"Location: {_home.Url}oauth2/token", "X-Cs-Region: us-2");
        Assert.Equal("\"from home\"", await falcon.Rig.GetAsync("api/x?a=b"));
        Assert.Equal("\"from home\"", await falcon.Rig.GetAsync("api/y"));
        var signIn = Assert.Single(falcon.Server.Requests);
        Assert.Equal(["/oauth2/token", "/humio/api/x?a=b", "/humio/api/y"], _home.Requests.Select(r => r.Target));
        Assert.Equal(signIn.Body, _home.Requests[0].Body);
        Assert.Equal("Bearer home-token", _home.Requests[1].Authorization);
        Assert.Equal(new Uri(_home.Url, "humio/"), falcon.Rig.Transport.BaseUrl);
        Assert.Contains(falcon.Rig.Signals,
            s => s.Kind == SignalKind.TokenRefreshed
                && s.Message.Contains($"is in the cloud {_home.Url.GetLeftPart(UriPartial.Authority)}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_region_on_the_token_does_the_same()
    {
        using var falcon = Falcon();
        falcon.Sign = _ => FalconRig.Token("home-token", 1799, "X-Cs-Region: us-2");
        Assert.Equal("\"from home\"", await falcon.Rig.GetAsync("api/x"));
        Assert.Equal("Bearer home-token", Assert.Single(_home.Requests).Authorization);
    }

    [Fact]
    public async Task The_own_region_changes_nothing()
    {
        using var falcon = Falcon();
        falcon.Sign = r => r.Target == "/oauth2/token" ? FalconRig.Token("falcon-token-0", 1799, "X-Cs-Region: us-1") : null;
        Assert.Equal("\"data\"", await falcon.Rig.GetAsync("api/x"));
        Assert.Null(falcon.Tokens.Home);
    }

    [Fact]
    public async Task A_gateway_with_another_address_is_kept()
    {
        using var falcon = new FalconRig(clouds: _clouds);
        falcon.Sign = r => r.Target == "/oauth2/token" ? FalconRig.Token("falcon-token-0", 1799, "X-Cs-Region: us-2") : null;
        Assert.Equal("\"data\"", await falcon.Rig.GetAsync("api/x"));
        Assert.Equal(0, _home.Accepted);
    }

    [Fact]
    public async Task A_308_to_a_stranger_gets_no_secret()
    {
        using var stranger = new ScriptedServer();
        using var falcon = Falcon();
        falcon.Sign = _ => Replies.Status(308, $"Location: {stranger.Url}oauth2/token");
        var failure = await Assert.ThrowsAsync<FalconSignInException>(() => falcon.Rig.GetAsync());
        Assert.Equal(FalconSignInProblem.UnknownCloud, failure.Problem);
        Assert.Contains($"localhost:{stranger.Port}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, stranger.Accepted);
    }

    [Fact]
    public async Task Two_clouds_that_send_to_each_other_are_left_after_a_few_turns()
    {
        using var falcon = Falcon();
        falcon.Sign = _ => Replies.Status(308, $"Location: {_home.Url}oauth2/token");
        _home.Route = _ => Replies.Status(308, $"Location: {falcon.Server.Url}oauth2/token");
        await Assert.ThrowsAsync<FalconSignInException>(() => falcon.Rig.GetAsync());
        Assert.Equal(4, falcon.Server.Requests.Count + _home.Requests.Count);
    }

    public void Dispose() => _home.Dispose();

    // The address of the rig is known only after it was created, so its list is completed afterwards.
    private FalconRig Falcon()
    {
        var falcon = new FalconRig(clouds: _clouds);
        _clouds.Add(new FalconCloud("us-1", falcon.Server.Url));
        return falcon;
    }
}
