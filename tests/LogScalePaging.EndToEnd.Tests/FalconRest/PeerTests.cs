namespace LogScalePaging.EndToEnd.Tests.FalconRest;

/// <summary>What PSFalcon needs of the simulated lists: it sends tokens as they are, and accepts only ids of these forms.</summary>
public sealed class PeerTests
{
    [Theory]
    [InlineData("/spotlight/queries/vulnerabilities/v1", "^[a-fA-F0-9]{32}_[a-fA-F0-9]{32}$")]
    [InlineData("/iocs/queries/indicators/v1", "^[A-Fa-f0-9]{64}$")]
    [InlineData("/devices/queries/devices-scroll/v1", "^[a-fA-F0-9]{32}$")]
    public async Task Ids_have_the_form_that_other_clients_accept(string endpoint, string form)
    {
        using var bench = new FalconRestBench(30);
        var (_, ids, _) = await bench.WalkAsync(FalconRestBench.Request(endpoint));

        Assert.Equal(30, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches(form, id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_plain_token_can_be_sent_as_it_is(bool isPlain)
    {
        using var bench = new FalconRestBench(30, o => o.PlainTokens = isPlain);
        await bench.WalkAsync(FalconRestBench.Request("/devices/queries/devices-scroll/v1"));

        var token = bench.Lists.Select(r => Parameter(r.Request.Query, "offset")).First(t => t.Length > 0);
        Assert.Equal(isPlain, token == Uri.UnescapeDataString(token));
    }

    private static string Parameter(string query, string name) =>
        query.Split('&').FirstOrDefault(p => p.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";
}
