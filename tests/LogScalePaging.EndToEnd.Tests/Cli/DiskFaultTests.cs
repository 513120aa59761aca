using LogScalePaging.Cli;
using LogScalePaging.Core.Tests.Export;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>Disks that are full before the export ends. The files on them stay valid, and a resumption makes the same output.</summary>
public sealed class DiskFaultTests
{
    private const int Events = 12_000;

    /// <summary>
    /// No file can grow beyond this size, so a write fails for every user, also for root. Windows are smaller than 400 kB. With that size,
    /// an export by windows fails in the assembly.
    /// </summary>
    [UnixTheory]
    [InlineData("window", 24, false)]
    [InlineData("window", 400, false)]
    [InlineData("around", 400, false)]
    [InlineData("window", 24, true)]
    [InlineData("window", 400, true)]
    public async Task A_failed_write_keeps_the_complete_parts(string strategy, int kilobytes, bool whileResuming)
    {
        using var world = NewWorld();
        await world.ExportAsync("whole.ndjson");
        if (whileResuming)
            await BreakAsync(world, strategy);
        var export = $"$CLI export -q '{TestBench.Query}' -s 1d -o x.ndjson --strategy {strategy}{(whileResuming ? " --resume" : "")}";
        // ulimit counts in 512 bytes here and in 1,024 there. A runtime that maps its code twice needs large files for that.
        using (var child = new CliProcess(world, $"ulimit -f {kilobytes * 2}; export DOTNET_EnableWriteXorExecute=0; exec {export}", []))
        {
            var safe = whileResuming || (strategy == "window" && kilobytes == 400);
            Assert.Equal(safe ? ExitCode.Incomplete : ExitCode.Failed, await child.ExitAsync());
            var error = Assert.Single(child.Error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
            Assert.Contains("cannot grow", error, StringComparison.Ordinal);
            Assert.Contains(safe ? "records saved in" : "No records are saved yet", error, StringComparison.Ordinal);
            Assert.Equal(safe, child.Error.Contains("--resume", StringComparison.Ordinal));
            // Another limit of the files would be refused by a resumption.
            Assert.EndsWith("Or start again with smaller files: --max-file-size with --force.", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", child.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(world.In("x.ndjson")));
        }
        Assert.Equal(0, world.Server.LiveJobCount);
        await FinishAsync(world, strategy);
    }

    [SmallDiskFact]
    public async Task An_export_is_resumed_when_a_full_disk_has_room_again()
    {
        using var disk = new SmallDisk(1);
        using var world = NewWorld();
        await world.ExportAsync("whole.ndjson");
        foreach (var strategy in new[] { "window", "around" })
        {
            var path = Path.Combine(disk.Root, "x.ndjson");
            var full = await world.RunAsync("export", "-q", TestBench.Query, "-s", "1d", "-o", path, "--strategy", strategy);
            Assert.True(full.Code is ExitCode.Incomplete or ExitCode.Failed, full.Error);
            Assert.Contains("The disk is full", full.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(path));
            // The export can be resumed while the disk is full, and gives the same message again.
            if (Directory.Exists(path + ".partial"))
            {
                var still = await world.RunAsync("export", "-q", TestBench.Query, "-s", "1d", "-o", path, "--strategy", strategy,
                    "--resume");
                Assert.Contains("The disk is full", still.Error, StringComparison.Ordinal);
            }
            Assert.Equal(0, Tools.Run("mount", "-o", "remount,size=32m", disk.Root).ExitCode);
            string[] resume = Directory.Exists(path + ".partial") ? ["--resume"] : [];
            var rest = await world.RunAsync(["export", "-q", TestBench.Query, "-s", "1d", "-o", path, "--strategy", strategy, .. resume]);
            Assert.True(rest.Code == ExitCode.Complete, rest.Error);
            Assert.Equal(File.ReadAllBytes(world.In("whole.ndjson")), File.ReadAllBytes(path));
            foreach (var file in Directory.GetFiles(disk.Root))
                File.Delete(file);
            Assert.Equal(0, Tools.Run("mount", "-o", "remount,size=1m", disk.Root).ExitCode);
        }
    }

    private static CliWorld NewWorld() => new(Events, crowd: 300, new SimulatorOptions { MaxTail = 200 });

    // Half of it is there when the server makes no more jobs.
    private static async Task BreakAsync(CliWorld world, string strategy)
    {
        world.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: (int)world.Server.Jobs.Count + 40, times: int.MaxValue);
        Assert.Equal(ExitCode.Incomplete,
            (await world.ExportAsync("x.ndjson", "--strategy", strategy, "--max-retries", "0", "--parallel", "1")).Code);
        world.Server.Faults.Clear();
    }

    private static async Task FinishAsync(CliWorld world, string strategy)
    {
        string[] resume = Directory.Exists(world.In("x.ndjson.partial")) ? ["--resume"] : [];
        var rest = await world.ExportAsync("x.ndjson", ["--strategy", strategy, .. resume]);
        Assert.True(rest.Code == ExitCode.Complete, rest.Error);
        Assert.Equal(File.ReadAllBytes(world.In("whole.ndjson")), File.ReadAllBytes(world.In("x.ndjson")));
    }
}
