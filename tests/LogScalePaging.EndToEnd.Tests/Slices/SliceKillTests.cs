using System.Globalization;
using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Verification;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Slices;

/// <summary>Slices run in separate processes, and some of them are killed and started again, as an engine does after a lost node.</summary>
public sealed class SliceKillTests
{
    [UnixTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Killed_slices_continue_and_the_merged_file_is_that_of_one_run(int seed)
    {
        using var world = new CliWorld(6_000, crowd: 300, new SimulatorOptions { MaxTail = 200 });
        var plan = world.In("plan.json");
        var start = DateTimeOffset.FromUnixTimeMilliseconds(TestBench.Newest).AddDays(-1).ToString("O", CultureInfo.InvariantCulture);
        var planned = await world.RunAsync("plan", "-q", TestBench.Query, "-s", start, "-e", "now", "--slices", "4", "-o", plan);
        Assert.True(planned.Code == ExitCode.Complete, planned.Error);
        var random = new Random(seed);
        var killed = 0;
        for (var tries = 0; killed < 2 && tries < 20; tries++)
        {
            using var first = Slice(world, plan, 0);
            using var second = Slice(world, plan, 1);
            using var moments = new Moments(world, 1 + random.NextInt64(60), tries % 2 == 0 ? first.Kill : second.Kill);
            int[] codes = [await first.ExitAsync(), await second.ExitAsync()];
            Assert.All(codes,
                code => Assert.True(code is ExitCode.Complete or 137,
                    $"seed {seed}: {string.Join(", ", codes)} {first.Error} {second.Error}"));
            killed += codes.Count(code => code == 137);
            if (codes.All(code => code == ExitCode.Complete) && killed < 2)
            {
                foreach (var file in Directory.GetFiles(world.Folder, "slice-*"))
                    File.Delete(file);
            }
        }
        world.Server.ExpireAllJobs();
        for (var i = 0; i < 4; i++)
        {
            using var last = Slice(world, plan, i);
            Assert.True(await last.ExitAsync() == ExitCode.Complete, last.Error);
        }
        Assert.Equal(2, killed);
        using var merge = Merge(world, plan);
        Assert.True(await merge.ExitAsync() == ExitCode.Complete, merge.Error);
        Assert.Equal(world.Expected, world.Lines("all.ndjson"));
        Assert.Equal(0, world.Server.LiveJobCount);
    }

    // The last moments of a run are those of its publication: the output, its checksums, its manifest, and the removal of its folder.
    [UnixTheory]
    [InlineData(1)]
    public async Task Runs_that_were_killed_while_they_published_continue(int seed)
    {
        using var world = new CliWorld(1_500, crowd: 100);
        var plan = world.In("plan.json");
        var start = DateTimeOffset.FromUnixTimeMilliseconds(TestBench.Newest).AddDays(-1).ToString("O", CultureInfo.InvariantCulture);
        var planned = await world.RunAsync("plan", "-q", TestBench.Query, "-s", start, "-e", "now", "--slices", "2", "-o", plan);
        Assert.True(planned.Code == ExitCode.Complete, planned.Error);
        var random = new Random(seed);
        var killed = 0;
        (Func<CliProcess> Run, string Files)[] runs =
        [
            (() => Slice(world, plan, 0), "slice-*-00000*"),
            (() => Slice(world, plan, 1), "slice-*-00001*"),
            (() => Merge(world, plan), "all*"),
        ];
        foreach (var (run, files) in runs)
        {
            long all;
            using (var whole = new Moments(world))
            using (var process = run())
            {
                Assert.True(await process.ExitAsync() == ExitCode.Complete, process.Error);
                all = whole.Seen;
            }
            for (var tries = 0; tries < 3; tries++)
            {
                foreach (var file in Directory.GetFiles(world.Folder, files))
                    File.Delete(file);
                using var process = run();
                using (new Moments(world, Math.Max(1, all - random.NextInt64(12)), process.Kill))
                    killed += await process.ExitAsync() == 137 ? 1 : 0;
                var left = Directory.Exists(world.In("all.ndjson.partial"));
                using var last = run();
                var code = await last.ExitAsync();
                // A merge that was killed after it removed its folder is finished, and is not replaced.
                var isDone = files == "all*" && !left && last.Error.Contains("all.ndjson' already exists", StringComparison.Ordinal)
                    && ExportVerifier.Verify(world.In("all.ndjson"), null, default).IsValid;
                Assert.True(code == ExitCode.Complete || isDone, $"seed {seed}: {last.Error}");
            }
        }
        Assert.True(killed > 0, $"seed {seed}");
        Assert.Equal(world.Expected, world.Lines("all.ndjson"));
        Assert.True(ExportVerifier.Verify(world.In("all.ndjson"), null, default).IsValid);
        Assert.Equal(0, world.Server.LiveJobCount);
    }

    [UnixFact]
    public async Task Two_runs_of_a_slice_at_once_are_one_result()
    {
        using var world = new CliWorld(6_000, crowd: 300, new SimulatorOptions { MaxTail = 200, Latency = TimeSpan.FromMilliseconds(20) });
        var plan = world.In("plan.json");
        var planned = await world.RunAsync("plan", "-q", TestBench.Query, "-s", "1d", "--slices", "2", "-o", plan);
        Assert.True(planned.Code == ExitCode.Complete, planned.Error);
        using var first = Slice(world, plan, 0);
        using var second = Slice(world, plan, 0);
        int[] codes = [await first.ExitAsync(), await second.ExitAsync()];
        // The second one finds the lock, or a finished slice if it was started much later.
        Assert.Contains(ExitCode.Complete, codes);
        Assert.All(codes, code => Assert.True(code is ExitCode.Complete or ExitCode.TryAgain, $"{code}: {first.Error} {second.Error}"));
        using var again = Slice(world, plan, 0);
        Assert.Equal(ExitCode.Complete, await again.ExitAsync());
    }

    private static CliProcess Merge(CliWorld world, string plan) => new(world, "merge", "--plan", plan, "-o", world.In("all.ndjson"));

    private static CliProcess Slice(CliWorld world, string plan, int index) =>
        new(world, "slice", "--plan", plan, "--index", index.ToString(CultureInfo.InvariantCulture));
}
