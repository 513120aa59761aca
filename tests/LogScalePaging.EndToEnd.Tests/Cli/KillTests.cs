using System.Security.Cryptography;
using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;
using Xunit.Abstractions;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>Exports are killed at random moments, again and again. The resumptions produce the file of an undisturbed run.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const string Name = "killed.ndjson";

    [UnixTheory]
    [InlineData("around", 1)]
    [InlineData("window", 2)]
    [InlineData("stream", 3)]
    public Task Killed_and_resumed(string strategy, int seed) =>
        KillAsync(strategy, seed, kills: 4, new SimulatorOptions { MaxTail = 200, AroundRepeatsAnchor = true }, events: 4_000);

    [NightlyTheory]
    [InlineData("window", 100)]
    [InlineData("window", 101)]
    [InlineData("stream", 102)]
    [InlineData("around", 103)]
    public Task Killed_forty_times_and_resumed(string strategy, int seed) => KillAsync(strategy, seed, kills: 40,
        // A walk takes long enough for parts of it to become safe, which they do after some seconds.
        new SimulatorOptions
        {
            MaxTail = strategy == "stream" ? 10_000 : 200,
            AroundRepeatsAnchor = true,
            Latency = TimeSpan.FromMilliseconds(strategy == "around" ? 25 : 2)
        },
        events: 20_000);

    private async Task KillAsync(string strategy, int seed, int kills, SimulatorOptions options, int events)
    {
        using var world = new CliWorld(events, crowd: 300, options);
        var (whole, moments) = await UndisturbedAsync(world, strategy);
        var random = new Random(seed);
        var (done, ended, resumed) = (0, 0, 0);
        while (done < kills)
        {
            // Some of the kills happen during the publication, with few visible steps.
            var moment = 1 + random.NextInt64(moments);
            using var run = new CliProcess(world, Args(world, strategy, out var resumes));
            using var pulled = new Moments(world, moment, run.Kill);
            var code = await run.ExitAsync();
            Assert.True(code is ExitCode.Complete or 137, $"seed {seed}, kill {done} at moment {moment}: {code}\n{run.Error}");
            done += code == 137 ? 1 : 0;
            resumed += resumes ? 1 : 0;
            // The run ended before the kill, or the kill came after the end. Another export begins.
            if (!File.Exists(Checkpoint(world)) && File.Exists(world.In(Name)))
            {
                AssertWhole(world, whole, $"seed {seed}, kill {done}, end {++ended}");
                foreach (var entry in Directory.GetFileSystemEntries(world.Folder, Name + "*"))
                    Delete(entry);
            }
        }
        // The server still answers requests of killed processes. Their jobs then expire at once. The last run leaves no jobs.
        await world.Server.IdleAsync();
        world.Server.ExpireAllJobs();
        using var last = new CliProcess(world, Args(world, strategy, out _));
        Assert.True(await last.ExitAsync() == ExitCode.Complete, $"seed {seed}: {last.Error}");
        AssertWhole(world, whole, $"seed {seed}, the last");
        Assert.Equal([world.In(Name), world.In(Name + ".manifest.json"), world.In(Name + ".sha256")],
            Directory.GetFileSystemEntries(world.Folder).Order());
        Assert.Equal(0, world.Server.LiveJobCount);
        output.WriteLine(
            $"{done} killed at one of {moments} moments, {resumed} runs were resumptions, {ended} came to their end before their moment "
                + $"or just then");
    }

    private static async Task<(string Sha256, long Moments)> UndisturbedAsync(CliWorld world, string strategy)
    {
        using var moments = new Moments(world);
        using var run = new CliProcess(world, Args(world, strategy, out _));
        Assert.True(await run.ExitAsync() == ExitCode.Complete, run.Error);
        Assert.Equal(world.Expected, world.Lines(Name));
        var sha = Sha256(world);
        File.Delete(world.In(Name));
        File.Delete(world.In(Name + ".manifest.json"));
        return (sha, moments.Seen);
    }

    private static void AssertWhole(CliWorld world, string whole, string what) =>
        Assert.True(whole == Sha256(world), $"{what}: the bytes differ");

    private static string Sha256(CliWorld world) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(world.In(Name))));

    private static string Checkpoint(CliWorld world) => Path.Combine(world.In(Name + ".partial"), "checkpoint.json");

    private static string[] Args(CliWorld world, string strategy, out bool resume)
    {
        resume = File.Exists(Checkpoint(world));
        string[] args = ["export", "-q", TestBench.Query, "-s", "1d", "-o", world.In(Name), "--strategy", strategy];
        return resume ? [.. args, "--resume"] : args;
    }

    private static void Delete(string entry)
    {
        if (Directory.Exists(entry))
            Directory.Delete(entry, recursive: true);
        else
            File.Delete(entry);
    }
}
