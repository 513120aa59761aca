using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary><c>export --watermark</c>.</summary>
public sealed class ScheduleTests : IDisposable
{
    private readonly CliWorld _world = new(events: 30);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task It_exports_what_came_since_the_last_run()
    {
        var first = await ExportAsync("events-{start}.ndjson", "--lag", "1s");
        Assert.True(first.Code == ExitCode.Complete, first.Error);
        Assert.Contains("Complete: all events up to the watermark are exported.", first.Error, StringComparison.Ordinal);
        Assert.Contains("records     30", first.Error, StringComparison.Ordinal);
        Assert.Contains("behind now  1 s", first.Error, StringComparison.Ordinal);
        var second = await ExportAsync("events-{start}.ndjson", "--lag", "0", "--quiet", "--resume");
        Assert.Equal(ExitCode.Complete, second.Code);
        // The clock of this server is years behind.
        var line = Assert.Single(second.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("They differ by more than 5 minutes", line, StringComparison.Ordinal);
        Assert.Equal(_world.Expected, Directory.GetFiles(_world.Folder, "*.ndjson").SelectMany(File.ReadAllLines));
    }

    [Fact]
    public async Task A_clock_of_the_server_that_moves_back_is_no_success()
    {
        var clock = new ShiftedTimeProvider(TimeProvider.System);
        using var world = new CliWorld(events: 30, options: new SimulatorOptions { TimeProvider = clock });
        string[] command = ["export", "-q", TestBench.Query, "-s", "1d", "--lag", "1s", "--watermark", world.In("state.json"), "-o",
            world.In("events-{start}.ndjson"), "--quiet"];
        var first = await world.RunAsync(command);
        Assert.True(first.Code == ExitCode.Complete, first.Error);
        clock.Shift = TimeSpan.FromDays(-3);
        var second = await world.RunAsync(command);
        Assert.True(second.Code == ExitCode.Incomplete, second.Error);
        Assert.Contains("Behind: nothing is exported, because an earlier run exported all events up to", second.Error,
            StringComparison.Ordinal);
        second = await world.RunAsync([.. command[..^1], "--require-complete"]);
        Assert.True(second.Code == ExitCode.Incomplete, second.Error);
        Assert.DoesNotContain("behind now", second.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--end cannot be used with --watermark", "events-{start}.json", "--end", "now")]
    [InlineData("--force cannot be used with --watermark", "events-{start}.json", "--force")]
    [InlineData("not possible for standard output", "-")]
    [InlineData("would never be exported", "events-{start}.json", "--max-events", "5")]
    [InlineData("because count() combines many events into rows", "events-{start}.json", "-q", "count()")]
    public async Task It_refuses_what_a_schedule_cannot_do(string message, string name, params string[] more)
    {
        var run = await ExportAsync(name, more);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_world.Folder));
        Assert.Equal(0, _world.Server.RequestCount);
    }

    [Fact]
    public async Task A_lag_requires_a_watermark_and_a_path_requires_a_placeholder()
    {
        var run = await _world.ExportAsync("events.json", "--lag", "5m");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--lag requires --watermark.", run.Error, StringComparison.Ordinal);
        run = await ExportAsync("events.json");
        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("Add a placeholder for the time", run.Error, StringComparison.Ordinal);
        run = await ExportAsync("events-{time}.json");
        Assert.Contains("{start}", run.Error, StringComparison.Ordinal);
    }

    private Task<CliOutcome> ExportAsync(string name, params string[] more)
    {
        string[] query = more.Contains("-q") ? [] : ["-q", TestBench.Query];
        return _world.RunAsync(["export", .. query, "-s", "1d", "--watermark", _world.In("state.json"), "-o",
            name == "-" ? name : _world.In(name), .. more]);
    }
}
