using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class ConnectionTests
{
    [Fact]
    public async Task A_thousand_requests_share_a_few_connections_and_leave_none()
    {
        using var server = new ScriptedServer { Otherwise = Replies.Json("{}") };
        using (var rig = new Rig(server, o => o with { ThrottleLimit = 4 }))
        {
            await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => rig.GetAsync($"thing/{i}")));
            Assert.Equal(1000, server.Requests.Count);
            Assert.InRange(server.Accepted, 1, 8);
            Assert.Equal(0, rig.Transport.Governor.UnderWay);
            rig.Transport.Dispose();
            await server.IdleAsync().WaitAsync(Rig.Guard);
        }
    }

    [Fact]
    public async Task Errors_do_not_cost_the_connection()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Text(404, "none") });
        for (var i = 0; i < 50; i++)
            await rig.FailAsync();
        Assert.Equal(1, rig.Server.Accepted);
    }

    [Theory]
    [InlineData("https://example.org", "https://example.org/", "https://example.org")]
    [InlineData("https://example.org/humio", "https://example.org/humio/", "https://example.org")]
    [InlineData("http://example.org:8080/a/?x=y#z", "http://example.org:8080/a/", "http://example.org:8080")]
    public void The_base_URL_ends_with_a_slash_and_the_host_is_its_first_part(string given, string expected, string host)
    {
        using var rig = new Rig(new ScriptedServer(), o => o with { BaseUrl = new Uri(given), AllowUnencryptedAuthentication = true });
        Assert.Equal(expected, rig.Transport.BaseUrl.AbsoluteUri);
        Assert.Equal(host, rig.Transport.Host);
    }

    [Theory]
    [InlineData("http://logscale.example.org/")]
    [InlineData("http://10.0.0.1:8080/")]
    [InlineData("http://128.0.0.1/")]
    [InlineData("http://[::2]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://localhost.example.org/")]
    [InlineData("http://0.0.0.0/")]
    public void The_token_is_not_sent_in_clear_to_another_machine(string url)
    {
        var refused = Assert.Throws<UnencryptedAuthenticationException>(
            () => new Rig(new ScriptedServer(), o => o with { BaseUrl = new Uri(url) }));
        Assert.Contains("https://", refused.Message, StringComparison.Ordinal);
        // The cmdlets and the command line each name their own option.
        Assert.DoesNotContain("llow", refused.Message, StringComparison.Ordinal);
        using var allowed = new Rig(new ScriptedServer(), o => o with { BaseUrl = new Uri(url), AllowUnencryptedAuthentication = true });
        Assert.Equal(url, allowed.Transport.BaseUrl.AbsoluteUri);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.255.3.4:5/")]
    [InlineData("http://[::1]:8080/")]
    [InlineData("http://LOCALHOST/")]
    [InlineData("https://logscale.example.org/")]
    public void This_machine_and_https_need_no_option(string url)
    {
        using var rig = new Rig(new ScriptedServer(), o => o with { BaseUrl = new Uri(url) });
        Assert.Equal(new Uri(url), rig.Transport.BaseUrl);
    }

    [Fact]
    public async Task A_path_in_the_base_URL_stays_before_every_path()
    {
        using var server = new ScriptedServer(Replies.Json("{}"));
        using var rig = new Rig(server, o => o with { BaseUrl = new Uri(server.Url, "humio") });
        await rig.GetAsync("api/v1/repositories/a%2Fb/queryjobs?x=%C3%A9%20y");
        Assert.Equal("/humio/api/v1/repositories/a%2Fb/queryjobs?x=%C3%A9%20y", server.Requests[0].Target);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("a/%2e%2e/%2e%2e/outside")]
    public async Task No_path_leads_out_of_the_base_URL(string path)
    {
        using var rig = new Rig(new ScriptedServer(), o => o with { BaseUrl = new Uri(o.BaseUrl, "humio") });
        await Assert.ThrowsAsync<ArgumentException>(() => rig.GetAsync(path));
    }

    [Theory]
    [InlineData("//evil.example.org/x")]
    [InlineData("@evil.example.org/x")]
    [InlineData("http://evil.example.org/x")]
    public async Task No_path_leads_to_another_host(string path)
    {
        using var rig = new Rig(Replies.Json("{}"));
        await rig.GetAsync(path);
        Assert.Contains("evil", rig.Server.Requests[0].Target, StringComparison.Ordinal);
    }

    public static TheoryData<string> Unusable =>
        ["ftp://example.org/", "https://user:hunter2@example.org/", "timeout", "retry", "throttle", "bundle", "empty bundle"];

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Invalid_options_are_refused_at_once(string what)
    {
        using var server = new ScriptedServer();
        var exception = Assert.ThrowsAny<ArgumentException>(() => new Rig(server, o => what switch
        {
            "timeout" => o with { Timeout = TimeSpan.Zero },
            "retry" => o with { MaxRetryCount = 101 },
            "throttle" => o with { ThrottleLimit = 0 },
            "bundle" => o with { CaBundle = "/no/such/file.pem" },
            "empty bundle" => o with { CaBundle = typeof(Rig).Assembly.Location },
            _ => o with { BaseUrl = new Uri(what) },
        }));
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_proxy_gets_every_request_even_for_this_machine()
    {
        using var proxy = new ScriptedServer(Replies.Status(407, "Proxy-Authenticate: Basic realm=\"corp\""), Replies.Json("\"by proxy\""));
        using var rig = new Rig(new ScriptedServer(),
            o => o with { Proxy = proxy.Url, ProxyCredential = new System.Net.NetworkCredential("me", "hunter2") });
        Assert.Equal("\"by proxy\"", await rig.GetAsync());
        Assert.Equal(0, rig.Server.Accepted);
        Assert.Equal($"{rig.Server.Url}api/things", proxy.Requests[1].Target);
        Assert.Equal("Basic bWU6aHVudGVyMg==", proxy.Requests[1].Headers["Proxy-Authorization"]);
    }

    // .NET Framework hands over the answer of the proxy like one of the server.
    private const ApiErrorKind ProxyWantsCredentials =
#if NETFRAMEWORK
        ApiErrorKind.UnexpectedStatus;
#else
        ApiErrorKind.ConnectionFailed;
#endif

    [FactExcept(Runs.NetStandardOnNet, Differences.ProxyError)]
    public async Task A_proxy_that_wants_credentials_says_so_once()
    {
        using var proxy = new ScriptedServer { Otherwise = Replies.Status(407, "Proxy-Authenticate: Basic realm=\"corp\"") };
        using var rig = new Rig(new ScriptedServer(), o => o with { Proxy = proxy.Url, BaseUrl = new Uri("https://api.example.org/") });
        var failure = await rig.FailAsync();
        Assert.Equal(ProxyWantsCredentials, failure.Kind);
        Assert.Contains("HTTPS_PROXY", failure.Message, StringComparison.Ordinal);
        Assert.Contains("407", failure.Message, StringComparison.Ordinal);
        Assert.Equal("CONNECT", Assert.Single(proxy.Requests).Method);
    }
}
