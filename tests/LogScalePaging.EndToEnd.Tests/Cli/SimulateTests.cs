using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class SimulateTests
{
    [UnixFact]
    public async Task It_prints_what_to_paste_and_serves_until_it_is_stopped()
    {
        using var world = new CliWorld(0);
        using var server = new CliProcess(world, "simulate", "--events", "2000", "--seed", "7", "--repo", "my repo");
        await server.SaysAsync(ConnectionSettings.TokenVariable).WaitAsync(TimeSpan.FromMinutes(1));
        foreach (var line in server.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (line.Split(' ', 2)[1].Split('=')[0], line.Split('=', 2)[1].Trim('\''));
            world.Environment[name] = value;
        }
        Assert.Equal("my repo", world.Environment[ConnectionSettings.RepositoryVariable]);
        Assert.Equal(ExitCode.Complete, (await world.RunAsync("export", "-q", "*", "-s", "1d", "-o", world.In("x.ndjson"))).Code);
        Assert.InRange(world.Lines("x.ndjson").Length, 1_900, 2_000);
        await server.SignalAsync("INT");
        Assert.Equal(ExitCode.Complete, await server.ExitAsync());
        Assert.Contains("Stopped after", server.Error, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("axiom", "AXIOM_TOKEN", "-d", "logs", "-s", "2d")]
    [InlineData("tanium", "TANIUM_TOKEN", "--field", "endpoints", "--fields", "id,name")]
    public async Task Another_system_than_LogScale_works_too(string system, string last, params string[] search)
    {
        using var world = new CliWorld(0);
        using var server = new CliProcess(world, "simulate", "--system", system, "--events", "700", "--repo", "logs");
        await server.SaysAsync(last).WaitAsync(TimeSpan.FromMinutes(1));
        foreach (var line in server.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            world.Environment[line.Split(' ', 2)[1].Split('=')[0]] = line.Split('=', 2)[1].Trim('\'');
        Assert.Equal(ExitCode.Complete, (await world.RunAsync(["export", "--system", system, .. search, "-o", world.In("x.ndjson")])).Code);
        Assert.Equal(700, world.Lines("x.ndjson").Length);
        await server.SignalAsync("INT");
        Assert.Equal(ExitCode.Complete, await server.ExitAsync());
        (await world.RunAsync("simulate", "--system", system, "--ngsiem")).Failed(ExitCode.Usage,
            $"--ngsiem is not an option of --system {system}");
    }

    [Fact]
    public async Task A_port_that_is_taken()
    {
        using var world = new CliWorld(0);
        var port = world.Server.BaseUrl.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        (await world.RunAsync("simulate", "--events", "0", "--port", port)).Failed(ExitCode.Failed, $"Port {port} of 127.0.0.1",
            "Choose another with --port");
    }
}
