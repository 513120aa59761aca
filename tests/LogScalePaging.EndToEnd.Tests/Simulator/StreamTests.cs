namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class StreamTests
{
    [Theory]
    [InlineData("*")]
    [InlineData("#event_simpleName=DnsRequest")]
    [InlineData("UserName=a.meyer | select([@id, CommandLine])")]
    public async Task Everything_comes_newest_first_in_chunks(string query)
    {
        using var client = new SimulatorClient(o => o.EventCount = 20_000);

        var response = await client.PostQueryAsync($$"""{"queryString":"{{query}}","start":0}""");
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.TransferEncodingChunked);
        Assert.Equal(string.Concat(client.Server.Events.Matching(query).Select(e => e + "\n")), text);
    }

    [Fact]
    public async Task It_can_be_one_array()
    {
        using var client = new SimulatorClient();

        var response = await client.PostQueryAsync("""{"queryString":"","start":0}""", "application/json");

        Assert.Equal("[" + string.Join(",", client.Server.Events.Matching()) + "]", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task It_keeps_to_the_range()
    {
        using var client = SimulatorClient.With(null, SimulatorClient.Event("1", 1_000), SimulatorClient.Event("2", 2_000),
            SimulatorClient.Event("3", 3_000));

        var response = await client.PostQueryAsync(
            $$"""{"queryString":"select([@id])","start":{{SimulatorClient.NowMs - 2_000}},"end":{{SimulatorClient.NowMs - 1_000}}}""");

        Assert.Equal("{\"@id\":\"2\"}\n", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"queryString\":\"(\"}")]
    public async Task Errors_are_plain_text(string body)
    {
        using var client = new SimulatorClient();

        var response = await client.PostQueryAsync(body);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
    }
}
