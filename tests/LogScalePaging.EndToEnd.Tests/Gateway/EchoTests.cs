using System.Text;
using LogScalePaging.Cli;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;
using LogScalePaging.TestServers;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>A server or proxy that sends the received secrets back. Nothing that is printed or written has them.</summary>
public sealed class EchoTests
{
    private const string Marker = "unique-m4rker-of-this-test";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_warning_with_the_token_is_clean_in_everything_that_an_export_says_and_writes(bool breaks)
    {
        using var folder = new TemporaryFolder();
        using var bench = new GatewayBench(o => (o.EchoAuthorization, o.Gateway!.TokenLifetime) = (true, TimeSpan.FromSeconds(20)));
        // A fast clock: the token is renewed on the way, and the new one is said back as well.
        using var connection = bench.Fill(2_000).Connect(o => o with { MaxRetryCount = 0, Time = new FastTimeProvider(100) });
        if (breaks)
            bench.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 8, times: int.MaxValue);
        var target = new ExportTarget { Path = folder.In("out.ndjson"), Format = ExportFormat.NdJson };
        var result = await new ExportRun(connection, new ExportRequest(TestBench.Spec(), target), bench.Signals).RunAsync(default);
        Assert.Contains(bench.Told, s => s.Kind == SignalKind.ServerWarning && s.Message.Contains("Bearer ***,", StringComparison.Ordinal));
        Assert.Equal(breaks, result.Error is not null);
        new SecretSearch(bench).In(result).In(result.Manifest).In(connection.Transport.Options).InFiles(folder.Path).AssertNone();
    }

    [Fact]
    public async Task A_job_by_hand_shows_its_warnings_clean()
    {
        using var bench = new GatewayBench(o => o.EchoAuthorization = true);
        using var connection = bench.Fill(5).Connect();
        var client = connection.Client(bench.Signals);
        var answer = await client.PollAsync(await client.CreateAsync(new QueryJobSpec("*"), default), new PollOptions(), default);
        Assert.Contains("Bearer ***,", Assert.Single(answer.Metadata.Warnings), StringComparison.Ordinal);
        new SecretSearch(bench).In(answer.Metadata).In(answer.TraceId).AssertNone();
    }

    [Theory]
    [InlineData("--verbose")]
    [InlineData("--quiet")]
    public async Task The_command_line_prints_and_writes_no_token(string talk)
    {
        using var world = new CliWorld(options: new SimulatorOptions { Token = Marker, EchoAuthorization = true });
        var outcome = await world.ExportAsync("out.ndjson", talk);
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Contains("Bearer ***,", outcome.Error, StringComparison.Ordinal);
        AssertNowhere(world, outcome.Error + outcome.Out);
    }

    [Fact]
    public async Task A_job_id_that_is_the_token_is_refused()
    {
        using var world = new CliWorld(options: new SimulatorOptions { Token = Marker });
        world.Server.Faults.Add(Fault.Status(200, $"{{\"id\":\"{Marker}\"}}", ("Content-Type", "application/json")), RequestKind.Create,
            times: int.MaxValue);
        var outcome = await world.ExportAsync("out.ndjson", "--verbose", "--max-retries", "0");
        Assert.Equal(ExitCode.Failed, outcome.Code);
        AssertNowhere(world, outcome.Error + outcome.Out);
        Assert.DoesNotContain(world.Server.Requests, r => r.PathAndQuery.Contains(Marker, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RequestKind.Create)]
    [InlineData(RequestKind.Poll)]
    public async Task Errors_in_a_200_that_repeat_the_token_are_shown_clean(RequestKind kind)
    {
        using var world = new CliWorld(options: new SimulatorOptions { Token = Marker });
        var body = $$"""{"errors":[{"code":500,"message":"bad credential {{Marker}}, sent as Bearer {{Marker}}"}]}""";
        world.Server.Faults.Add(Fault.Status(200, body, ("Content-Type", "application/json")), kind, times: int.MaxValue);
        var outcome = await world.ExportAsync("out.ndjson", "--verbose", "--max-retries", "1");
        Assert.True(world.Server.Faults.FaultsInjected > 0);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("bad credential ***", outcome.Error, StringComparison.Ordinal);
        AssertNowhere(world, outcome.Error + outcome.Out);
    }

    [Fact]
    public async Task Errors_in_a_token_answer_that_repeat_the_client_secret_are_shown_clean()
    {
        using var bench = new GatewayBench().Fill(10);
        using var connection = bench.Connect(o => o with { MaxRetryCount = 0 });
        var body =
            $$"""{"errors":[{"code":500,"message":"bad secret {{GatewayBench.Secret}}, or {{Uri.EscapeDataString(GatewayBench.Secret)}}"}]}""";
        bench.Server.Faults.Add(Fault.Status(200, body, ("Content-Type", "application/json")), RequestKind.Token, times: int.MaxValue);
        var failure = await bench.FailAsync(connection);
        Assert.True(bench.Server.Faults.FaultsInjected > 0);
        new SecretSearch(bench).In(failure).AssertNone();
    }

    // The runtime reads the variable once in a process, so this test needs a separate process.
    [Theory]
    [InlineData(ProxyMode.Refuse)]
    [InlineData(ProxyMode.Pass)]
    public async Task The_password_of_a_proxy_that_refuses_is_not_printed(ProxyMode mode)
    {
        using var proxy = ProxySimulator.Start(new ProxyOptions { Mode = mode });
        using var world = new CliWorld();
        world.Environment["HTTPS_PROXY"] = $"http://proxy-user-m4rker:{Marker}%21@{proxy.Url.Authority}";
        world.Environment[ConnectionSettings.BaseUrlVariable] = "https://nosuch.invalid";
        using var process = new CliProcess(world, "export", "-q", "*", "-o", world.In("out.ndjson"), "--verbose", "--max-retries", "0");
        Assert.Equal(ExitCode.Failed, await process.ExitAsync());
        Assert.Contains("nosuch.invalid", process.Error, StringComparison.Ordinal);
        Assert.NotEmpty(proxy.Requests);
        Assert.DoesNotContain("proxy-user-m4rker", process.Error + process.Out, StringComparison.Ordinal);
        AssertNowhere(world, process.Error + process.Out);
    }

    private static void AssertNowhere(CliWorld world, string said)
    {
        var all = new StringBuilder(said);
        foreach (var file in Directory.EnumerateFiles(world.Folder, "*", SearchOption.AllDirectories))
            all.AppendLine(file).AppendLine(File.ReadAllText(file));
        foreach (var form in new[] { Marker, Marker[..12], Convert.ToBase64String(Encoding.UTF8.GetBytes(Marker)).TrimEnd('=') })
            Assert.DoesNotContain(form, all.ToString(), StringComparison.Ordinal);
    }
}
