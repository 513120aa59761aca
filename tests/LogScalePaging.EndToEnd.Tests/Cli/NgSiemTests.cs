using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Gateway;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Falcon;
using LogScalePaging.LogScale;
using LogScalePaging.Simulator;
using LogScalePaging.TestServers;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>NG-SIEM from the command line; and the command lines of the published NG-SIEM script, after the word <c>export</c>.</summary>
public sealed class NgSiemTests
{
    private const string Cid = "0123456789abcdef0123456789abcdef";

    private static CliWorld World(int events = 450, Action<GatewayOptions>? change = null, TlsServer? tls = null)
    {
        var gateway = new GatewayOptions { ClientSecret = GatewayBench.Secret };
        change?.Invoke(gateway);
        var world = new CliWorld(events,
            options: new SimulatorOptions { Gateway = gateway, Secure = tls is null ? null : tls.SecureAsync });
        world.Environment.Clear();
        world.Environment[FalconConnectionSettings.ClientIdVariable] = gateway.ClientId;
        world.Environment[FalconConnectionSettings.ClientSecretVariable] = GatewayBench.Secret;
        world.Environment[FalconConnectionSettings.BaseUrlVariable] = world.Server.BaseUrl.AbsoluteUri;
        return world;
    }

    private static async Task<CliOutcome> RunAsync(CliWorld world, params string[] args)
    {
        var outcome = await world.RunAsync(args);
        Assert.DoesNotContain(GatewayBench.Secret, outcome.Error + outcome.Out, StringComparison.Ordinal);
        Assert.All(world.Server.Tokens, token => Assert.DoesNotContain(token.Text, outcome.Error + outcome.Out, StringComparison.Ordinal));
        // The token is revoked in every case.
        Assert.All(world.Server.Tokens, token => Assert.True(token.IsRevoked));
        return outcome;
    }

    [Fact]
    public async Task The_published_command_line_needs_no_more_than_its_variables()
    {
        using var world = World(1_234);
        var outcome = await RunAsync(world, "export", "-q", TestBench.Query, "--start", "24hours", "--end", "now", "-o",
            world.In("results.ndjson"), "--max-events", "0", "--page-size", "200");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Equal(world.Expected, world.Lines("results.ndjson"));
        Assert.Contains("search-all", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("NG-SIEM", ExportManifest.Load(world.In("results.ndjson.manifest.json")).System);
    }

    [Fact]
    public async Task A_stream_is_refused_before_anything_is_sent()
    {
        using var world = World();
        var outcome = await RunAsync(world, "export", "-q", TestBench.Query, "--start", "1d", "-o", world.In("x.ndjson"), "--strategy",
            "stream");
        outcome.Failed(ExitCode.Usage, "Stream", "Auto or Window");
        Assert.Equal(0, world.Server.RequestCount);
        Assert.Empty(Directory.GetFileSystemEntries(world.Folder));
    }

    [Theory]
    [InlineData("-k", "-b", "-m", "-r")]
    [InlineData("--client-id", "--base-url", "--member-cid", "--repo")]
    public async Task Its_options_have_its_letters(string clientId, string baseUrl, string memberCid, string repository)
    {
        using var world = World(change: g => g.MemberCids = [Cid]);
        world.Environment.Remove(FalconConnectionSettings.ClientIdVariable);
        world.Environment.Remove(FalconConnectionSettings.BaseUrlVariable);
        var outcome = await RunAsync(world, "export", "-q", TestBench.Query, "--start", "1d", "-o", world.In("x.ndjson"),
            clientId, "simulator-client", baseUrl, world.Server.BaseUrl.AbsoluteUri, memberCid, Cid.ToUpperInvariant() + "-4F", repository,
            "investigate_view");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Equal(Cid, Assert.Single(world.Server.Tokens).MemberCid);
        Assert.All(world.Server.Requests.Where(r => r.Kind == RequestKind.Create),
            r => Assert.Contains("investigate_view", r.PathAndQuery, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_default_output_has_its_name()
    {
        using var world = World(10);
        using var child = new CliProcess(world, "export", "-q", TestBench.Query, "--start", "1d");
        Assert.Equal(ExitCode.Complete, await child.ExitAsync());
        Assert.True(File.Exists(world.In("ngsiem_queryjob_results.json")), child.Error);
    }

    [Theory]
    [InlineData("--client-secret", GatewayBench.Secret)]
    [InlineData("-k", "simulator-client", "-s", GatewayBench.Secret)]
    public async Task A_secret_on_the_command_line_is_refused_and_not_repeated(params string[] secret)
    {
        using var world = World(0);
        var outcome = await RunAsync(world, ["export", "-q", "*", "-o", world.In("x.json"), .. secret]);
        outcome.Failed(ExitCode.Usage, FalconConnectionSettings.ClientSecretVariable);
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public async Task The_secret_may_come_from_a_file_or_from_standard_input()
    {
        using var world = World(5);
        world.Environment.Remove(FalconConnectionSettings.ClientSecretVariable);
        (await RunAsync(world, "export", "--ngsiem", "-q", "*", "-o", world.In("x.json"))).Failed(ExitCode.Usage, "client secret",
            "--token-file");
        File.WriteAllText(world.In("secret"), GatewayBench.Secret + "\n");
        Assert.Equal(ExitCode.Complete,
            (await RunAsync(world, "export", "--ngsiem", "-q", "*", "-s", "1d", "-o", world.In("a.json"), "--token-file",
                world.In("secret"))).Code);
        world.Input = GatewayBench.Secret + "\n";
        Assert.Equal(ExitCode.Complete,
            (await RunAsync(world, "export", "--ngsiem", "-q", "*", "-s", "1d", "-o", world.In("b.json"), "--token-stdin")).Code);
    }

    [Fact]
    public async Task Where_both_are_set_the_switch_decides()
    {
        using var world = World(5);
        world.Environment[ConnectionSettings.BaseUrlVariable] = world.Server.BaseUrl.AbsoluteUri;
        world.Environment[ConnectionSettings.RepositoryVariable] = world.Server.Repository;
        world.Environment[ConnectionSettings.TokenVariable] = world.Server.Token;
        Assert.Equal(ExitCode.Complete, (await RunAsync(world, "export", "-q", "*", "-s", "1d", "-o", world.In("a.json"))).Code);
        Assert.Equal(0, world.Server.TokenRequests);
        Assert.Equal(ExitCode.Complete,
            (await RunAsync(world, "export", "--ngsiem", "-q", "*", "-s", "1d", "-o", world.In("b.json"))).Code);
        Assert.Equal(1, world.Server.TokenRequests);
    }

    [Theory]
    [InlineData("moon-1", "us-gov-2")]
    [InlineData("us-1", "not both")]
    public async Task An_invalid_cloud_is_wrong_usage(string cloud, string words)
    {
        using var world = World(0);
        string[] line = ["export", "-q", "*", "-o", world.In("x.json"), "--cloud", cloud];
        (await RunAsync(world, cloud == "us-1" ? [.. line, "--base-url", "https://x.example"] : line)).Failed(ExitCode.Usage, words);
    }

    [Fact]
    public async Task Refusals_are_reported_once()
    {
        using var world = World(0);
        world.Environment[FalconConnectionSettings.ClientSecretVariable] = "another-secret";
        (await RunAsync(world, "export", "-q", "*", "-o", world.In("x.json"))).Failed(ExitCode.Failed, "secret is wrong", "trace id");
        Assert.Single(world.Server.Requests);
        world.Environment[FalconConnectionSettings.ClientSecretVariable] = GatewayBench.Secret;
        world.Server.Options.Gateway!.Scopes = [];
        (await RunAsync(world, "export", "-q", "*", "-o", world.In("x.json"))).Failed(ExitCode.Failed, "scope NGSIEM", "trace id");
    }

    [Fact]
    public async Task Verbose_has_a_line_a_request()
    {
        using var world = World(5);
        var outcome = await RunAsync(world, "export", "-q", TestBench.Query, "-s", "1d", "-o", world.In("x.json"), "--verbose");
        // The last request, which revokes the token, comes after the listener has ended.
        Assert.Equal(world.Server.Requests.Count(r => r.Kind != RequestKind.Revoke),
            outcome.Error.Split('\n').Count(l => l.StartsWith("Request: ", StringComparison.Ordinal)));
        Assert.Matches("Request: POST oauth2/token 201 in [0-9]+ ms, [0-9]+ B", outcome.Error);
    }

    [Fact]
    public async Task It_works_through_a_proxy_and_a_private_authority()
    {
        using var tls = new TlsServer(new TlsOptions());
        using var world = World(50, tls: tls);
        using var proxy = ProxySimulator.Start();
        File.WriteAllText(world.In("ca.pem"), tls.Pem);
        string[] line = ["export", "-q", TestBench.Query, "-s", "1d", "-o", world.In("x.ndjson"), "--force", "--proxy",
            proxy.Url.AbsoluteUri];
        (await RunAsync(world, line)).Failed(ExitCode.Failed, "not trusted", "--ca-bundle");
        Assert.Equal(ExitCode.Complete, (await RunAsync(world, [.. line, "--ca-bundle", world.In("ca.pem")])).Code);
        Assert.Equal(world.Expected, world.Lines("x.ndjson"));
        Assert.All(proxy.Requests, r => Assert.StartsWith("CONNECT localhost:", r, StringComparison.Ordinal));
        Assert.Contains("is not checked", (await RunAsync(world, [.. line, "--skip-certificate-check"])).Error, StringComparison.Ordinal);
        proxy.Options.User = "me";
        (await RunAsync(world, line)).Failed(ExitCode.Failed, "407", "HTTPS_PROXY");
    }

    [Fact]
    public async Task A_client_certificate_that_cannot_be_opened()
    {
        using var world = World(0);
        File.WriteAllText(world.In("client.pfx"), "no certificate");
        (await RunAsync(world, "export", "-q", "*", "-o", world.In("x.json"), "--certificate", world.In("client.pfx"))).Failed(
            ExitCode.Usage, "client.pfx", "password");
    }

    [Fact]
    public async Task Embedded_can_use_the_gateway()
    {
        using var world = new CliWorld(0);
        world.Environment.Clear();
        var outcome = await world.RunAsync("export", "--embedded", "--ngsiem", "-q", TestBench.Query, "-s", "1h", "-o",
            world.In("events.json"));
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Contains("search-all", outcome.Error, StringComparison.Ordinal);
        Assert.InRange(world.Lines("events.json").Length, 3_000, 20_000);
    }

    [UnixFact]
    public async Task The_simulator_prints_what_to_paste()
    {
        using var world = new CliWorld(0);
        using var server = new CliProcess(world, "simulate", "--ngsiem", "--events", "500", "--token-life", "60s");
        await server.SaysAsync(FalconConnectionSettings.ClientSecretVariable).WaitAsync(TimeSpan.FromMinutes(1));
        world.Environment.Clear();
        foreach (var line in server.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            world.Environment[line.Split(' ', 2)[1].Split('=')[0]] = line.Split('=', 2)[1].Trim('\'');
        Assert.Equal(ExitCode.Complete, (await world.RunAsync("export", "-q", "*", "-s", "1d", "-o", world.In("x.ndjson"))).Code);
        await server.SignalAsync("INT");
        Assert.Equal(ExitCode.Complete, await server.ExitAsync());
    }
}
