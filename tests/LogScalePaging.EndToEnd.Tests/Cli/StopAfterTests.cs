using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class StopAfterTests : IDisposable
{
    private readonly LeapingTimeProvider _time = new(ordinary: TimeSpan.FromHours(2));
    private readonly CliWorld _world = new(1_500);

    public StopAfterTests() => _world.Time = _time;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_run_that_is_stopped_exits_with_3_and_says_how_to_go_on()
    {
        LeapAt(RequestKind.Create, nth: 6);
        string[] options = ["--strategy", "around", "--stop-after", "2:45:00"];
        var stopped = await _world.ExportAsync("events.ndjson", options);
        Assert.Equal(3, stopped.Code);
        Assert.Empty(stopped.Errors);
        Assert.Contains("Incomplete: the run was stopped after 2h45m, the time given by --stop-after.", stopped.Error,
            StringComparison.Ordinal);
        Assert.Contains("records saved. Continue with:", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("--stop-after 2:45:00 --resume", stopped.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_world.In("events.ndjson")));

        _world.Server.Faults.Clear();
        var resumed = await _world.ExportAsync("events.ndjson", [.. options, "--resume"]);
        Assert.Equal(0, resumed.Code);
        Assert.Equal(_world.Expected, _world.Lines("events.ndjson"));
    }

    [Fact]
    public async Task A_run_that_is_stopped_before_the_first_page_leaves_nothing_and_says_so()
    {
        LeapAt(RequestKind.Create, nth: 1);
        var stopped = await _world.ExportAsync("events.ndjson", "--stop-after", "150m");
        Assert.Equal(3, stopped.Code);
        Assert.Contains("No records were saved. Run the command again with a longer --stop-after.", stopped.Error,
            StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_world.Folder));
    }

    [Theory]
    [InlineData("90", "'90' is not a length of time")]
    [InlineData("40d", "from 1s to 30d")]
    public async Task A_wrong_time_is_wrong_usage(string time, string words) =>
        (await _world.ExportAsync("events.ndjson", "--stop-after", time)).Failed(2, "--stop-after: ", words);

    [Fact]
    public async Task Standard_output_cannot_be_resumed() =>
        (await _world.ExportAsync("-", "--stop-after", "1h")).Failed(2, "--stop-after", "standard output");

    private void LeapAt(RequestKind kind, int nth)
    {
        var seen = 0;
        _world.Server.Faults.Add(new FaultRule
        {
            Kind = kind,
            Fault = Fault.Status(500, "never sent"),
            When = _ =>
            {
                if (Interlocked.Increment(ref seen) == nth)
                    _time.Leap(new TimeSpan(2, 45, 0));
                return false;
            },
        });
    }
}
