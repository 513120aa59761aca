using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class CookieTests
{
    [Fact]
    public async Task A_cookie_lives_as_long_as_its_connection()
    {
        using var server = new ScriptedServer
        {
            Otherwise = Replies.Json("{}", "Set-Cookie: node=7; Path=/; HttpOnly",
            "Set-Cookie: other=x; Path=/elsewhere")
        };
        using (var rig = new Rig(server))
        {
            await rig.GetAsync();
            await rig.GetAsync();
            Assert.DoesNotContain("Cookie", server.Requests[0].Headers.Keys);
            Assert.Equal("node=7", server.Requests[1].Headers["Cookie"]);
            using var view = rig.Transport.With(new LogScalePaging.Diagnostics.SignalLog());
            await view.SendAsync(new ApiRequest(HttpMethod.Get, "x"), Rig.ReadAllAsync, default);
            Assert.Equal("node=7", server.Requests[2].Headers["Cookie"]);
            using var another = new Rig(server);
            await another.GetAsync();
            Assert.DoesNotContain("Cookie", server.Requests[3].Headers.Keys);
        }
    }

    [Theory]
    [InlineData("node=7; Domain=localhost")]
    [InlineData("node=7; Domain=example.org")]
    [InlineData("node=7; Domain=.org")]
    [InlineData("=;,=")]
    [InlineData("node=7; Secure")]
    public async Task A_cookie_that_is_not_for_this_server_is_ignored(string cookie)
    {
        using var rig = new Rig(Replies.Json("{}", $"Set-Cookie: {cookie}"), Replies.Json("[]"));
        await rig.GetAsync();
        Assert.Equal("[]", await rig.GetAsync());
    }

    [Fact]
    public async Task A_cookie_goes_to_no_other_server_of_its_domain()
    {
        var seen = new List<(string Server, string? Cookie)>();
        using var handler = new CookieHandler(new Answering(request =>
        {
            seen.Add((request.RequestUri!.Host, request.Headers.TryGetValues("Cookie", out var values) ? string.Join("; ", values) : null));
            var answer = new HttpResponseMessage();
            answer.Headers.TryAddWithoutValidation("Set-Cookie", "node=7; Domain=.crowdstrike.com; Path=/");
            return answer;
        }));
        using var client = new HttpClient(handler);
        foreach (var url in new[] { "https://api.crowdstrike.com/", "https://api.us-2.crowdstrike.com/", "https://api.crowdstrike.com/",
            "https://api.crowdstrike.com:8443/" })
            (await client.GetAsync(new Uri(url))).Dispose();
        Assert.Equal([("api.crowdstrike.com", null), ("api.us-2.crowdstrike.com", null), ("api.crowdstrike.com", "node=7"),
            ("api.crowdstrike.com", null)], seen);
    }

    private sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
