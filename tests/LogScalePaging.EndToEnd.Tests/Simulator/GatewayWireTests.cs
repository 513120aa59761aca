using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

/// <summary>The gateway as a client sees it that knows nothing of this project.</summary>
public sealed class GatewayWireTests : IDisposable
{
    private const string Jobs = "/humio/api/v1/repositories/search-all/queryjobs";
    private readonly SimulatorClient _client = new(
        o => o.Gateway = new GatewayOptions { MemberCids = ["abc"], TokenLifetime = TimeSpan.FromSeconds(600) });

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_sign_in_is_answered_with_201_and_the_home_cloud()
    {
        var (answer, body) = await SignInAsync();
        Assert.Equal(201, (int)answer.StatusCode);
        Assert.Equal("simulator", Header(answer, "X-Cs-Region"));
        Assert.Equal(600, body["expires_in"]!.GetValue<int>());
        Assert.Equal("bearer", body["token_type"]!.GetValue<string>());
        Assert.Equal(body["access_token"]!.GetValue<string>(), Assert.Single(_client.Server.Tokens).Text);
    }

    [Fact]
    public async Task A_refusal_has_the_errors_shape_and_one_trace_id_in_both_places()
    {
        var (answer, body) = await SignInAsync(secret: "wrong");
        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Equal(403, body["errors"]![0]!["code"]!.GetValue<int>());
        Assert.Equal(Header(answer, "X-Cs-TraceId"), body["meta"]!["trace_id"]!.GetValue<string>());
        Assert.Equal((1, 0), (_client.Server.TokenRequests, _client.Server.Tokens.Count));
        Assert.Equal(403, (int)(await SignInAsync(cid: "def")).Answer.StatusCode);
        Assert.Equal(201, (int)(await SignInAsync(cid: "abc")).Answer.StatusCode);
    }

    [Fact]
    public async Task A_job_is_made_read_and_deleted_with_the_gateways_own_answers()
    {
        await AuthorizeAsync();
        var created = await _client.Http.PostAsync(Jobs, new StringContent("""{"queryString":"*"}"""));
        var job = JsonNode.Parse(await created.Content.ReadAsStringAsync())!;
        Assert.NotNull(job["hashedQueryOnView"]);
        Assert.Equal("6000", Header(created, "X-RateLimit-Limit"));
        Assert.Equal(200, (int)(await _client.Http.GetAsync($"{Jobs}/{job["id"]}")).StatusCode);
        var deleted = await _client.Http.DeleteAsync($"{Jobs}/{job["id"]}");
        Assert.Equal(200, (int)deleted.StatusCode);
        Assert.Equal("", await deleted.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/humio/api/v1/repositories/search-all/query", 404)]
    [InlineData("/humio/api/v1/nothing", 404)]
    [InlineData("/humio/api/v1/repositories/demo/queryjobs", 404)]
    public async Task Paths_that_the_gateway_does_not_have(string path, int status)
    {
        await AuthorizeAsync();
        Assert.Equal(status, (int)(await _client.Http.PostAsync(path, new StringContent("{}"))).StatusCode);
    }

    [Fact]
    public async Task A_token_is_invalid_after_its_lifetime_and_after_it_is_revoked()
    {
        var token = await AuthorizeAsync();
        Assert.Equal(200, (int)(await _client.Http.GetAsync("/humio/api/v1/status")).StatusCode);
        var revoke = new HttpRequestMessage(HttpMethod.Post,
            "/oauth2/revoke")
        { Content = new FormUrlEncodedContent([new("token", token)]) };
        // Written small, as FalconPy does.
        revoke.Headers.Authorization = new AuthenticationHeaderValue("basic",
            Convert.ToBase64String("simulator-client:simulator-client-secret"u8));
        Assert.Equal(200, (int)(await _client.Http.SendAsync(revoke)).StatusCode);
        Assert.Equal(401, (int)(await _client.Http.GetAsync("/humio/api/v1/status")).StatusCode);
        await AuthorizeAsync();
        _client.Server.ExpireAllTokens();
        Assert.Equal(401, (int)(await _client.Http.GetAsync("/humio/api/v1/status")).StatusCode);
    }

    [Fact]
    public async Task The_scheme_of_a_token_may_be_in_lower_case()
    {
        // PSFalcon sends the token_type of the sign-in as it is: "bearer".
        _client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bearer", await AuthorizeAsync());
        Assert.Equal(200, (int)(await _client.Http.GetAsync("/humio/api/v1/status")).StatusCode);
        _client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("beare", "r x");
        Assert.Equal(401, (int)(await _client.Http.GetAsync("/humio/api/v1/status")).StatusCode);
    }

    [Fact]
    public async Task A_token_of_the_server_or_of_the_gateway_is_not_valid_at_the_other()
    {
        Assert.Equal(401, (int)(await _client.Http.GetAsync("/humio/api/v1/status")).StatusCode);
        await AuthorizeAsync();
        Assert.Equal(401, (int)(await _client.PostJobAsync("{}")).StatusCode);
    }

    [Fact]
    public async Task No_secret_is_kept_in_the_log()
    {
        await SignInAsync();
        Assert.Equal("", Assert.Single(_client.Server.Requests).Body);
    }

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    private async Task<string> AuthorizeAsync()
    {
        var token = (await SignInAsync()).Body["access_token"]!.GetValue<string>();
        _client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    private async Task<(HttpResponseMessage Answer, JsonNode Body)> SignInAsync(string secret = "simulator-client-secret",
        string? cid = null)
    {
        var form = new Dictionary<string, string> { ["client_id"] = "simulator-client", ["client_secret"] = secret };
        if (cid is not null)
            form["member_cid"] = cid;
        var answer = await _client.Http.PostAsync("/oauth2/token", new FormUrlEncodedContent(form));
        return (answer, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
