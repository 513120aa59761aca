using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Another_host_gets_neither_request_nor_token(int status)
    {
        using var other = new ScriptedServer { Otherwise = Replies.Json("\"stolen\"") };
        using var rig = new Rig(Replies.Status(status, $"Location: {other.Url}login?from=here"));
        var failure = await rig.FailAsync();
        Assert.Equal(ApiErrorKind.Redirected, failure.Kind);
        Assert.Equal(status, failure.Status);
        Assert.Contains($"http://localhost:{other.Port} ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("login", failure.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
        Assert.Equal(0, other.Accepted);
        Assert.Single(rig.Server.Requests);
    }

    [Theory]
    [InlineData("logs/api/things", "/logs (")]
    [InlineData("a/b/api/things?x=y", "/a/b (")]
    [InlineData("api/things", " (")]
    [InlineData("login/api", " (")]
    [InlineData("xapi/things", " (")]
    public async Task The_address_to_use_is_named_with_its_path(string to, string named)
    {
        using var rig = new Rig(Replies.Status(308, $"Location: https://new.example.org/{to}"));
        var failure = await rig.FailAsync();
        Assert.Contains($"to https://new.example.org{named}308)", failure.Message, StringComparison.Ordinal);
        Assert.Equal("new.example.org", failure.RedirectedTo!.Host);
    }

    [Fact]
    public async Task The_address_that_a_post_is_sent_to_on_the_same_host_is_named_with_its_path()
    {
        using var rig = new Rig(Replies.Status(301, "Location: /logs/api/things"));
        var failure = await Assert.ThrowsAsync<ApiException>(() => rig.PostAsync("body"));
        Assert.Contains($"{rig.Server.Url}logs (301)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_scheme_is_another_address()
    {
        using var server = new ScriptedServer();
        server.Otherwise = Replies.Status(308, $"Location: https://localhost:{server.Port}/api/things");
        using var rig = new Rig(server);
        Assert.Equal(ApiErrorKind.Redirected, (await rig.FailAsync()).Kind);
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task The_same_host_is_followed_with_method_and_body(int status)
    {
        using var rig = new Rig(Replies.Status(status, "Location: /moved/here?a=b"), Replies.Json("{}"));
        await rig.PostAsync("body");
        var second = rig.Server.Requests[1];
        Assert.Equal(("POST", "/moved/here?a=b", "body"), (second.Method, second.Target, second.Body));
        Assert.Equal($"Bearer {Rig.Token}", second.Authorization);
    }

    [Fact]
    public async Task See_other_is_fetched()
    {
        using var rig = new Rig(Replies.Status(303, "Location: result"), Replies.Json("{}"));
        await rig.PostAsync("body");
        var second = rig.Server.Requests[1];
        Assert.Equal(("GET", "/api/result", ""), (second.Method, second.Target, second.Body));
    }

    [Fact]
    public async Task A_post_is_not_turned_into_something_else()
    {
        using var rig = new Rig(Replies.Status(302, "Location: /elsewhere"));
        var failure = await Assert.ThrowsAsync<ApiException>(() => rig.PostAsync("body"));
        Assert.Equal(ApiErrorKind.Redirected, failure.Kind);
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task A_redirect_loop_ends_after_five_redirects()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Status(307, "Location: /round") });
        Assert.Equal(ApiErrorKind.Redirected, (await rig.FailAsync()).Kind);
        Assert.Equal(6, rig.Server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_without_a_target_is_an_error()
    {
        using var rig = new Rig(Replies.Status(302));
        Assert.Contains("does not say where", (await rig.FailAsync()).Message, StringComparison.Ordinal);
    }
}
