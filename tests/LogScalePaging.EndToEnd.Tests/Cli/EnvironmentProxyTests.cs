using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale;
using LogScalePaging.TestServers;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class EnvironmentProxyTests
{
    // The runtime reads the variable once in a process, so this test needs a separate process.
    [UnixFact]
    public async Task The_password_in_the_environment_is_sent_by_Basic_where_more_is_offered()
    {
        using var proxy = ProxySimulator.Start(
            new ProxyOptions { User = "me", Password = "hunter2!", Schemes = ["Negotiate", "NTLM", "Basic"] });
        using var world = new CliWorld();
        world.Environment["HTTP_PROXY"] = world.Environment["http_proxy"] = $"http://me:hunter2%21@{proxy.Url.Authority}";
        world.Environment["NO_PROXY"] = "";
        world.Environment[ConnectionSettings.BaseUrlVariable] = world.Server.BaseUrl.AbsoluteUri;
        using var process = new CliProcess(world, "export", "-q", TestBench.Query, "-s", "1d", "-o", world.In("out.ndjson"),
            "--max-retries", "0");
        Assert.True(await process.ExitAsync() == ExitCode.Complete, process.Error);
        Assert.Contains(proxy.Requests, r => r == $"POST {world.Server.BaseUrl.Authority}");
        Assert.Equal(world.Expected, world.Lines("out.ndjson"));
        Assert.DoesNotContain("hunter2", process.Error + process.Out, StringComparison.Ordinal);
    }
}
