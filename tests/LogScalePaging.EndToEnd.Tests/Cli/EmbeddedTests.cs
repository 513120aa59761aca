using LogScalePaging.Cli;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class EmbeddedTests
{
    [Fact]
    public async Task The_first_command_of_the_readme_exports_thousands_of_events()
    {
        using var world = new CliWorld(0);
        world.Environment.Clear();
        var outcome = await world.RunAsync("export", "--embedded", "-q", "#event_simpleName=ProcessRollup2", "-s", "1h", "-o",
            world.In("events.json"));
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Contains("generated data", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Complete: the count agrees.", outcome.Error, StringComparison.Ordinal);
        Assert.InRange(world.Lines("events.json").Length, 3_000, 20_000);
        Assert.Empty(outcome.Out);
    }
}
