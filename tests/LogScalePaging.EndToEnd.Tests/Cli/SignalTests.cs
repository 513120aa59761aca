using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>Real signals to a real process.</summary>
public sealed class SignalTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [UnixTheory]
    [InlineData("INT", "around")]
    [InlineData("TERM", "around")]
    [InlineData("INT", "window")]
    public async Task The_first_signal_cleans_up_and_leaves_a_run_that_can_be_resumed(string signal, string strategy)
    {
        // A buffer this small makes many windows as well as many pages.
        using var world = new CliWorld(20_000, options: new SimulatorOptions { Latency = TimeSpan.FromMilliseconds(5), MaxTail = 200 });
        var walking = After(world, jobs: 20);
        using var child = new CliProcess(world, "export", "-q", TestBench.Query, "-s", "1d", "-o", "x.ndjson", "--strategy", strategy,
            "--parallel", "2");
        await walking.WaitAsync(s_limit);
        await child.SignalAsync(signal);
        Assert.Equal(ExitCode.Interrupted, await child.ExitAsync());
        Assert.Contains($"-o x.ndjson --strategy {strategy} --parallel 2 --resume", child.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("error", child.Error, StringComparison.Ordinal);
        Assert.Equal(0, world.Server.LiveJobCount);
        Assert.True(world.Server.Jobs.Count < 90, "it ran to its end");

        world.Server.Options.Latency = TimeSpan.Zero;
        Assert.Equal(ExitCode.Complete, (await world.ExportAsync("x.ndjson", "--resume", "--strategy", strategy)).Code);
        Assert.Equal(world.Expected, world.Lines("x.ndjson"));
    }

    [UnixTheory]
    [InlineData("csv")]
    [InlineData("ndjson.gz")]
    public async Task A_signal_during_assembly_leaves_the_output_complete_or_resumable(string ending)
    {
        using var world = new CliWorld(60_000, options: new SimulatorOptions { MaxTail = 10_000 });
        await world.ExportAsync("whole." + ending);
        // The first of the output's own files under its temporary name.
        using var files = new FileSystemWatcher(world.Folder, "output-*") { IncludeSubdirectories = true };
        var assembling = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        files.Created += (_, _) => assembling.TrySetResult();
        files.EnableRaisingEvents = true;
        using var child = new CliProcess(world, "export", "-q", TestBench.Query, "-s", "1d", "-o", "x." + ending);
        await assembling.Task.WaitAsync(s_limit);
        await child.SignalAsync("INT");
        var code = await child.ExitAsync();
        Assert.Equal(0, world.Server.LiveJobCount);
        Assert.DoesNotContain("error", child.Error, StringComparison.Ordinal);
        Assert.Equal(code == ExitCode.Complete, File.Exists(world.In("x." + ending)));
        if (code != ExitCode.Complete)
        {
            Assert.Equal(ExitCode.Interrupted, code);
            Assert.Contains("--resume", child.Error, StringComparison.Ordinal);
            var requests = world.Server.RequestCount;
            Assert.Equal(ExitCode.Complete, (await world.ExportAsync("x." + ending, "--resume")).Code);
            Assert.DoesNotContain(world.Server.Requests, r => r.Number > requests && r.Body.Contains("tail(", StringComparison.Ordinal));
        }
        Assert.Equal(File.ReadAllBytes(world.In("whole." + ending)), File.ReadAllBytes(world.In("x." + ending)));
    }

    [UnixFact]
    public async Task The_second_signal_ends_it_at_once()
    {
        using var world = new CliWorld(20_000);
        var walking = After(world, jobs: 6);
        // From here on no answer comes, not even to the deletes of the clean-up, which would wait for ten seconds.
        world.Server.Faults.Add(Fault.Hang, RequestKind.Delete, times: int.MaxValue);
        world.Server.Faults.Add(Fault.Hang, RequestKind.Create, nth: 7, times: int.MaxValue);
        using var child = new CliProcess(world, "export", "-q", TestBench.Query, "-s", "1d", "-o", "x.ndjson", "--strategy", "around");
        await walking.WaitAsync(s_limit);
        await child.SignalAsync("INT");
        await child.SaysAsync("Stopping").WaitAsync(s_limit);
        await child.SignalAsync("INT");
        Assert.Equal(ExitCode.Interrupted, await child.ExitAsync());
        Assert.DoesNotContain("--resume", child.Error, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task The_second_signal_leaves_no_files_of_a_run_without_events()
    {
        using var world = new CliWorld(450);
        world.Server.Faults.Add(Fault.Hang, RequestKind.Create, times: int.MaxValue);
        using var files = new FileSystemWatcher(world.Folder, "checkpoint.json") { IncludeSubdirectories = true };
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        files.Created += (_, _) => begun.TrySetResult();
        files.Renamed += (_, _) => begun.TrySetResult();
        files.EnableRaisingEvents = true;
        using var child = new CliProcess(world, "export", "-q", TestBench.Query, "-s", "1d", "-o", "x.ndjson");
        await begun.Task.WaitAsync(s_limit);
        await child.SignalAsync("INT");
        await child.SaysAsync("Stopping").WaitAsync(s_limit);
        await child.SignalAsync("INT");
        Assert.Equal(ExitCode.Interrupted, await child.ExitAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(world.Folder));
    }

    private static Task After(CliWorld world, int jobs)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Server.RequestHandled += r =>
        {
            if (r.Kind == RequestKind.Create && world.Server.Jobs.Count >= jobs)
                reached.TrySetResult();
        };
        return reached.Task;
    }
}
