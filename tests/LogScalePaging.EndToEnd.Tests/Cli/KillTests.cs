using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>The plug is pulled at a random moment, again and again: what a resume makes of it is the file of an undisturbed run.</summary>
public sealed class KillTests
{
    [UnixTheory]
    [InlineData("around", 1)]
    [InlineData("around", 2)]
    [InlineData("window", 3)]
    [InlineData("window", 4)]
    [InlineData("stream", 5)]
    public Task Killed_and_resumed(string strategy, int seed) => KillAsync(strategy, seed, kills: 3);

    [NightlyTheory]
    [InlineData("around", 100)]
    [InlineData("window", 200)]
    public Task Killed_twenty_times_and_resumed(string strategy, int seed) => KillAsync(strategy, seed, kills: 20);

    private static async Task KillAsync(string strategy, int seed, int kills)
    {
        var options = new SimulatorOptions { MaxTail = 10_000, AroundRepeatsAnchor = true };
        using var world = new CliWorld(events: 4_000, crowd: 500, options);
        var random = new Random(seed);
        Assert.Equal(0, (await world.ExportAsync("whole.ndjson", "--strategy", strategy, "--quiet")).Code);
        var requests = (int)world.Server.RequestCount;

        for (var kill = 0; kill < kills; kill++)
        {
            using var run = new CliProcess(world, Args(world, strategy));
            var moment = world.Server.RequestCount + 1 + random.Next(requests);
            void Kill(RequestRecord request)
            {
                if (request.Number == moment)
                    run.Kill();
            }
            world.Server.RequestHandled += Kill;
            await run.ExitAsync();
            world.Server.RequestHandled -= Kill;
            Assert.True(!File.Exists(world.In("killed.ndjson")) || kill > 0 || run.Error.Length > 0, $"seed {seed}");
            if (File.Exists(world.In("killed.ndjson")))
                break; // it came to its end before its moment
        }
        if (!File.Exists(world.In("killed.ndjson")))
        {
            using var last = new CliProcess(world, Args(world, strategy));
            Assert.True(await last.ExitAsync() == 0, $"seed {seed}: {last.Error}");
        }
        Assert.True(File.ReadAllBytes(world.In("whole.ndjson")).AsSpan().SequenceEqual(File.ReadAllBytes(world.In("killed.ndjson"))), $"seed {seed}: the bytes differ");
        Assert.False(Directory.Exists(world.In("killed.ndjson.partial")));
        // What a killed process left there dies by itself; the server shortens the wait here.
        world.Server.ExpireAllJobs();
        Assert.Equal(0, world.Server.LiveJobCount);
    }

    private static string[] Args(CliWorld world, string strategy)
    {
        string[] args = ["export", "-q", TestBench.Query, "-s", "1d", "-o", world.In("killed.ndjson"), "--strategy", strategy];
        return Directory.Exists(world.In("killed.ndjson.partial")) ? [.. args, "--resume"] : args;
    }
}
