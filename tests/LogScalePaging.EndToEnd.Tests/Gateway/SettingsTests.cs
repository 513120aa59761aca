using LogScalePaging.Falcon;
using LogScalePaging.LogScale;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

public sealed class SettingsTests
{
    private static readonly FalconConnectionSettings s_settings = new()
    {
        ClientId = "id",
        ClientSecret = ConnectionSettings.Secret("secret")
    };

    [Theory]
    [InlineData(null, null, null, null, "https://api.crowdstrike.com")]
    [InlineData("eu-1", null, null, null, "https://api.eu-1.crowdstrike.com")]
    [InlineData("USGOV1", null, "https://relay.example.org", "us-2", "https://api.laggar.gcw.crowdstrike.com")]
    [InlineData(null, "https://relay.example.org:8443/humio/", null, "us-2", "https://relay.example.org:8443")]
    [InlineData(null, "us-2", null, null, "https://api.us-2.crowdstrike.com")]
    [InlineData(null, "api.eu-1.crowdstrike.com", null, null, "https://api.eu-1.crowdstrike.com")]
    [InlineData(null, null, "https://api.us-2.crowdstrike.com", "eu-1", "https://api.us-2.crowdstrike.com")]
    [InlineData(null, null, "US1", null, "https://api.crowdstrike.com")]
    [InlineData(null, null, null, "eu-1", "https://api.eu-1.crowdstrike.com")]
    public void The_cloud_is_found_by_name_or_address(string? cloud, string? baseUrl, string? urlVariable, string? cloudVariable,
        string expected)
    {
        using var connection = NgSiem.Connect(
            s_settings with { Cloud = cloud, BaseUrl = baseUrl }, null,
            name => name switch { "FALCON_BASE_URL" => urlVariable, "FALCON_CLOUD" => cloudVariable, _ => null });
        Assert.Equal(expected, connection.Transport.Host);
        Assert.True(connection.IsGateway);
        Assert.Equal("search-all", connection.Repository);
    }

    [Theory]
    [InlineData("us-7", null, "'us-7' is not a known Falcon cloud")]
    [InlineData("us-1", "us-2", "not both")]
    [InlineData(null, "https://falcon.crowdstrike.com/login", "Remove the path /login")]
    [InlineData(null, "ftp://api.crowdstrike.com", "is not a base URL")]
    [InlineData(null, "https://me:pw@api.crowdstrike.com", "contains credentials")]
    public void Invalid_settings_are_reported(string? cloud, string? baseUrl, string expected)
    {
        var failure = Assert.Throws<ArgumentException>(() => (s_settings with { Cloud = cloud, BaseUrl = baseUrl }).Connect(_ => null));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pw@", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_may_come_from_the_environment()
    {
        using var bench = new GatewayBench(o => o.Gateway!.MemberCids = ["abcdef0123456789"]);
        using var connection = NgSiem.Connect(new FalconConnectionSettings(), null, name => name switch
        {
            "FALCON_CLIENT_ID" => bench.Gateway.ClientId,
            "FALCON_CLIENT_SECRET" => GatewayBench.Secret,
            "FALCON_BASE_URL" => bench.Server.BaseUrl.AbsoluteUri,
            "FALCON_MEMBER_CID" => "ABCDEF0123456789-1A",
            _ => null,
        });
        Assert.Equal(200, await GatewayBench.AskAsync(connection));
        Assert.Equal("abcdef0123456789", Assert.Single(bench.Server.Tokens).MemberCid);
    }

    [Theory]
    [InlineData("FALCON_CLIENT_ID")]
    [InlineData("FALCON_CLIENT_SECRET")]
    public void Missing_settings_are_named(string variable)
    {
        var failure = Assert.Throws<ArgumentException>(
            () => new FalconConnectionSettings().Connect(name => name == variable ? null : "us-1"));
        Assert.Contains(variable, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_repositories_to_choose_from_begin_with_the_usual_one()
    {
        Assert.Equal("search-all", NgSiem.KnownRepositories[0]);
        Assert.Contains("third-party", NgSiem.KnownRepositories);
    }
}
