using System.Net;
using System.Net.Sockets;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class ErrorKindTests
{
    [Theory]
    [InlineData(413)]
    [InlineData(414)]
    public async Task A_query_that_is_too_long_has_its_own_message(int status)
    {
        using var rig = new Rig(Replies.Text(status, "limit is 8 kB"));
        var failure = await rig.FailAsync();
        Assert.Contains("query is too long", failure.Message, StringComparison.Ordinal);
        Assert.Contains("limit is 8 kB", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ApiErrorKind.UnexpectedStatus, failure.Kind);
        Assert.Single(rig.Server.Requests);
    }

    [Theory]
    [InlineData(400, ApiErrorKind.BadRequest)]
    [InlineData(401, ApiErrorKind.Unauthorized)]
    [InlineData(403, ApiErrorKind.Forbidden)]
    [InlineData(404, ApiErrorKind.NotFound)]
    [InlineData(410, ApiErrorKind.NotFound)]
    [InlineData(405, ApiErrorKind.UnexpectedStatus)]
    [InlineData(407, ApiErrorKind.UnexpectedStatus)]
    [InlineData(304, ApiErrorKind.UnexpectedStatus)]
    [InlineData(501, ApiErrorKind.ServerError)]
    public async Task A_status_that_repeating_cannot_help_is_not_repeated(int status, ApiErrorKind kind)
    {
        using var rig = new Rig(Replies.Text(status, "because of reasons", "X-Cs-TraceId: trace-1"));
        var failure = await rig.FailAsync("api/things?secret=no");
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(status, failure.Status);
        Assert.Equal("GET", failure.Method);
        Assert.Equal("api/things", failure.Path);
        Assert.Equal("trace-1", failure.TraceId);
        Assert.Contains($"({status})", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
        Assert.Single(rig.Server.Requests);
        Assert.Equal(1, failure.Attempts);
    }

    [Theory]
    [InlineData(408, ApiErrorKind.Timeout)]
    [InlineData(429, ApiErrorKind.RateLimited)]
    [InlineData(430, ApiErrorKind.RateLimited)]
    [InlineData(500, ApiErrorKind.ServerError)]
    [InlineData(502, ApiErrorKind.ServerError)]
    [InlineData(503, ApiErrorKind.Unavailable)]
    [InlineData(504, ApiErrorKind.ServerError)]
    public async Task A_status_that_may_pass_is_repeated_as_often_as_allowed(int status, ApiErrorKind kind)
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Text(status, "later") }, o => o with { MaxRetryCount = 2 });
        var failure = await rig.FailAsync();
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(3, rig.Server.Requests.Count);
        Assert.Equal(3, failure.Attempts);
    }

    [Theory]
    [InlineData("The proxy tunnel request to proxy 'http://127.0.0.1:8080/' failed with status code '407'.", true)]
    [InlineData("The remote server returned an error: (407) Proxy Authentication Required.", true)]
    [InlineData("The proxy tunnel request to proxy 'http://127.0.0.1:40741/' failed with status code '403'.", false)]
    [InlineData("The proxy tunnel request to proxy 'http://proxy407:407/' failed with status code '502'.", false)]
    public void The_address_of_a_proxy_is_not_confused_with_its_status(string said, bool asks) =>
        Assert.Equal(asks, ConnectionFailure.AsksForCredentials(said));

    [Fact]
    public async Task The_servers_own_words_about_bad_CQL_are_shown_with_their_lines_and_without_escapes()
    {
        const string said = "The query is wrong:\n```\ngroupBy(\n       ^\n```\n\u001b[2J";
        using var rig = new Rig(Replies.Text(400, said));
        var failure = await rig.FailAsync();
        Assert.Contains("```\ngroupBy(\n       ^\n```", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", failure.Message, StringComparison.Ordinal);
        Assert.Equal(said, failure.Body);
    }

    [Fact]
    public async Task Errors_in_JSON_are_shown_as_their_messages()
    {
        using var rig = new Rig(
            Replies.Answer(403, """{"meta":{"trace_id":"t"},"errors":[{"code":403,"message":"access denied, scope missing"}]}"""));
        Assert.EndsWith("It says: access denied, scope missing (trace id t)", (await rig.FailAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_error_is_kept_to_its_first_4000_characters()
    {
        using var rig = new Rig(Replies.Text(400, new string('x', 100_000)));
        Assert.Equal(4000, (await rig.FailAsync()).Body!.Length);
    }

    [Fact]
    public async Task A_page_instead_of_data_is_reported_by_its_title_after_three_tries()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Html(200, "<html><title>Sign in &amp; go\r\non</title></html>") });
        var failure = await rig.FailAsync();
        Assert.Equal(ApiErrorKind.NotTheApi, failure.Kind);
        Assert.Contains("a web page titled 'Sign in & go on'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("base URL is probably wrong, or a proxy requires you to sign in", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, rig.Server.Requests.Count);
    }

    [Fact]
    public async Task A_page_with_the_media_type_of_JSON_is_reported_too()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Json("\uFEFF\r\n <!DOCTYPE html><p>hello") });
        Assert.Equal(ApiErrorKind.NotTheApi, (await rig.FailAsync()).Kind);
    }

    [Fact]
    public async Task Requests_are_retried_until_an_unstable_proxy_recovers()
    {
        using var rig = new Rig(Replies.Html(200, "<html>"), Replies.Html(200, "<html>"), Replies.Json("{}"));
        Assert.Equal("{}", await rig.GetAsync());
    }

    [Fact]
    public async Task Text_that_begins_like_a_page_is_an_answer_when_text_was_asked_for()
    {
        using var rig = new Rig(Replies.Answer(200, "<13>May 1 syslog", "Content-Type: text/plain"),
            Replies.Answer(200, "", "Content-Type: text/html"));
        Assert.Equal("<13>May 1 syslog", await rig.SendAsync(new ApiRequest(HttpMethod.Get, "x") { Accept = "text/plain" }));
        Assert.Equal("", await rig.SendAsync(new ApiRequest(HttpMethod.Delete, "x")));
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_is_an_invalid_answer_and_repeated()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Json("{\"done\": tru") }, o => o with { MaxRetryCount = 2 });
        var failure = await Assert.ThrowsAsync<ApiException>(() => rig.Transport.SendAsync(
            new ApiRequest(HttpMethod.Get, "x"),
            async (answer, stop) => await System.Text.Json.JsonDocument.ParseAsync(answer.Body, default, stop),
            CancellationToken.None));
        Assert.Equal(ApiErrorKind.InvalidAnswer, failure.Kind);
        Assert.Equal(3, rig.Server.Requests.Count);
    }

    [FactExcept(Runs.Mono, Differences.GzipError)]
    public async Task A_broken_gzip_body_is_an_invalid_answer()
    {
        using var rig = new Rig(
            new ScriptedServer
            {
                Otherwise = Replies.Answer(200, "not gzip at all", "Content-Encoding: gzip",
                "Content-Type: application/json")
            }, o => o with { MaxRetryCount = 0 });
        Assert.Equal(ApiErrorKind.InvalidAnswer, (await rig.FailAsync()).Kind);
    }

    [Fact]
    public async Task A_refused_connection_names_host_and_port_and_is_repeated()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var rig = new Rig(new ScriptedServer(), o => o with { BaseUrl = new Uri($"http://127.0.0.1:{port}/"), MaxRetryCount = 2 });
        var asked = 0;
        var failure = await Assert.ThrowsAsync<ApiException>(() => rig.PostAsync("{}", (_, _) => Task.FromResult(asked++ < 0)));
        Assert.Equal(ApiErrorKind.ConnectionFailed, failure.Kind);
        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("refused", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Check the base URL, the name resolution (DNS) and the proxy", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, failure.Attempts);
        Assert.Equal(0, asked);
    }

    [Fact]
    public void An_unknown_host_name_has_its_own_message()
    {
        var failure = ConnectionFailure.Translate(
            HostNotFound(),
            new FailureFactory(HttpMethod.Get, "x", new Uri("https://api.example.org/")), null);
        Assert.Equal(ApiErrorKind.ConnectionFailed, failure.Kind);
        Assert.Contains("api.example.org:443: the name is not known", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statuses_that_the_request_calls_good_are_read()
    {
        using var rig = new Rig(Replies.Text(404, "gone"));
        Assert.Equal("gone", await rig.SendAsync(new ApiRequest(HttpMethod.Delete, "x") { AlsoGood = [404] }));
    }

    private static HttpRequestException HostNotFound()
    {
        var socket = new SocketException((int)SocketError.HostNotFound);
#if NET
        return new(HttpRequestError.NameResolutionError, "no", socket);
#else
        return new("no", new WebException("no", socket, WebExceptionStatus.NameResolutionFailure, null));
#endif
    }
}
