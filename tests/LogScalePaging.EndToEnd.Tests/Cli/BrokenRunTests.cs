using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>Runs that break off, and how they continue.</summary>
public sealed class BrokenRunTests
{
    // Number of pages or windows that are fetched before it breaks off.
    private const int Good = 5;

    [Theory]
    [InlineData("around")]
    [InlineData("window")]
    public async Task A_run_that_breaks_off_is_incomplete_and_shows_how_to_resume(string strategy)
    {
        using var world = NewWorld();
        await world.ExportAsync("whole.json");
        Break(world);
        var broken = await world.ExportAsync("x.json", Fragile(strategy));
        Assert.Equal(ExitCode.Incomplete, broken.Code);
        Assert.Single(broken.Errors);
        Assert.Contains("Incomplete: ", broken.Error, StringComparison.Ordinal);
        Assert.Contains("records saved", broken.Error, StringComparison.Ordinal);
        Assert.Contains(
            $"logscale-paging export -q '{TestBench.Query}' -s 1d -o {world.In("x.json")} --max-retries 0 --parallel 1 "
                + $"--strategy {strategy} --resume", broken.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(world.In("x.json")));

        world.Server.Faults.Clear();
        var resumed = await world.ExportAsync("x.json", "--resume");
        Assert.Equal(ExitCode.Complete, resumed.Code);
        Assert.Contains("1 resumption", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(world.In("whole.json")), File.ReadAllBytes(world.In("x.json")));
    }

    [Fact]
    public async Task A_run_that_broke_off_is_not_thrown_away_without_force()
    {
        using var world = NewWorld();
        Break(world);
        await world.ExportAsync("x.json", Fragile("around"));
        world.Server.Faults.Clear();
        (await world.ExportAsync("x.json")).Failed(ExitCode.Failed, "--resume", "--force");
        Assert.Equal(ExitCode.Complete, (await world.ExportAsync("x.json", "--force")).Code);
    }

    [Fact]
    public async Task Another_query_cannot_be_resumed()
    {
        using var world = NewWorld();
        Break(world);
        await world.ExportAsync("x.json", Fragile("around"));
        world.Server.Faults.Clear();
        var other = await world.RunAsync("export", "-q", "n=*", "-s", "1d", "-o", world.In("x.json"), "--resume");
        other.Failed(ExitCode.Failed, "n=*", TestBench.Query, "--force");
    }

    [Theory]
    [InlineData("start", "1d", "2d", "now")]
    [InlineData("end", "now", "1d", "1h")]
    public async Task Another_relative_range_cannot_be_resumed(string what, string saved, string start, string end)
    {
        using var world = NewWorld();
        Break(world);
        await world.ExportAsync("x.json", Fragile("around"));
        world.Server.Faults.Clear();
        var other = await world.RunAsync("export", "-q", TestBench.Query, "-s", start, "-e", end, "-o", world.In("x.json"), "--resume");
        other.Failed(ExitCode.Failed, what, $"'{saved}'", $"'{(what == "start" ? start : end)}'", "--force");
        Assert.Equal(ExitCode.Complete, (await world.ExportAsync("x.json", "--resume")).Code);
    }

    [Theory]
    [InlineData("around")]
    [InlineData("window")]
    public async Task An_interrupted_run_keeps_its_events_and_ends_with_130(string strategy)
    {
        using var world = NewWorld();
        var fetching = 0;
        world.Server.RequestHandled += r =>
        {
            if (Requests.IsFetching(r.Kind, r.Body) && ++fetching == Good)
                world.Interrupt();
        };
        var stopped = await world.ExportAsync("x.ndjson", Fragile(strategy));
        Assert.Equal(ExitCode.Interrupted, stopped.Code);
        Assert.Empty(stopped.Errors);
        Assert.Contains("--resume", stopped.Error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(world.In("x.ndjson.partial")));
    }

    [Fact]
    public async Task Interrupted_before_the_first_event_nothing_is_left()
    {
        using var world = new CliWorld(10);
        world.Interrupt();
        var stopped = await world.ExportAsync("x.json");
        Assert.Equal(ExitCode.Interrupted, stopped.Code);
        Assert.Empty(Directory.GetFileSystemEntries(world.Folder));
    }

    [Fact]
    public async Task An_unverified_result_is_reported_even_when_quiet()
    {
        using var world = new CliWorld(50);
        world.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(500, "the counter burns"),
            Kind = RequestKind.Create,
            Times = int.MaxValue,
            When = r => r.Body.Contains("count()", StringComparison.Ordinal)
        });
        var outcome = await world.ExportAsync("x.json", "--quiet", "--max-retries", "0");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Contains("Unverified: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("the counter burns", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_requested_count_nothing_is_printed_about_it()
    {
        using var world = new CliWorld(50);
        var outcome = await world.ExportAsync("x.json", "--quiet", "--no-verify");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Empty(outcome.Error);
        Assert.DoesNotContain(world.Server.Requests, r => r.Body.Contains("count()", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_warning_of_the_server_is_shown_once_and_without_escapes()
    {
        using var world = new CliWorld(900);
        world.Server.Options.Warnings = ["half of it is \u001b[31mmissing\u0007"];
        var outcome = await world.ExportAsync("x.json");
        Assert.Single(outcome.Error.Split('\n'), l => l.StartsWith("warning: ", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', outcome.Error);
        Assert.Contains("Unverified: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbose_has_a_line_for_every_request()
    {
        using var world = new CliWorld(450);
        var outcome = await world.ExportAsync("x.json", "--verbose");
        Assert.Equal(world.Server.RequestCount,
            outcome.Error.Split('\n').LongCount(l => l.StartsWith("Request: ", StringComparison.Ordinal)));
    }

    // A buffer this small makes many windows as well as many pages.
    private static CliWorld NewWorld() => new(3_000, crowd: 150, new SimulatorOptions { MaxTail = 200 });

    private static string[] Fragile(string strategy) => ["--max-retries", "0", "--parallel", "1", "--strategy", strategy];

    // From some page or window on, the server makes no more jobs.
    private static void Break(CliWorld world)
    {
        var fetching = 0;
        world.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(500, "the disk of the server burns"),
            Times = int.MaxValue,
            When = r => r.Kind == RequestKind.Create && ((Requests.IsFetching(r.Kind, r.Body) && ++fetching > Good) || fetching > Good),
        });
    }
}
