using System.Net.Http.Headers;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class AccessTests
{
    [Fact]
    public async Task The_status_needs_no_token()
    {
        using var client = new SimulatorClient(o => o.ServerVersion = "1.2.3");
        client.Http.DefaultRequestHeaders.Authorization = null;

        Assert.Equal("""{"status":"OK","version":"1.2.3"}""", await client.Http.GetStringAsync("/api/v1/status"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Every_other_path_needs_the_token(string? token)
    {
        using var client = new SimulatorClient(o => o.Token = "right");
        client.Http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        foreach (var response in new[]
        {
            await client.PostJobAsync("""{"queryString":"*"}"""), await client.GetJobAsync("x"), await client.DeleteJobAsync("x"),
            await client.PostQueryAsync("{}"),
        })
        {
            Assert.Equal(401, (int)response.StatusCode);
            Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        }
        Assert.All(client.Server.Requests, r => Assert.Equal(token is not null, r.HasAuthorization));
    }

    [Fact]
    public async Task The_scheme_may_be_in_lower_case()
    {
        using var client = new SimulatorClient(o => o.Token = "right");
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bearer", "right");

        Assert.Equal(200, (int)(await client.PostJobAsync("""{"queryString":"*"}""")).StatusCode);
    }

    [Fact]
    public async Task Another_repository_is_unknown()
    {
        using var client = new SimulatorClient(o => o.Repository = "sandbox");

        var response = await client.Http.PostAsync("/api/v1/repositories/other/queryjobs", new StringContent("{}"));

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("sandbox", client.Server.Repository);
        Assert.Equal(200, (int)(await client.PostJobAsync("""{"queryString":"*"}""")).StatusCode);
    }

    [Fact]
    public async Task The_old_alias_works_and_can_be_seen()
    {
        using var client = new SimulatorClient();

        var response = await client.Http.PostAsync("/api/v1/dataspaces/demo/queryjobs", new StringContent("""{"queryString":"*"}"""));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains(client.Server.Requests,
            r => r.PathAndQuery.Contains("dataspaces", StringComparison.Ordinal) && r.Kind == RequestKind.Create);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/wrong/api/v1/repositories/demo/queryjobs/x")]
    public async Task Any_other_path_is_the_page_of_the_user_interface(string path)
    {
        using var client = new SimulatorClient();

        var response = await client.Http.GetAsync(path);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(RequestKind.Other, client.Server.Requests[0].Kind);
    }
}
