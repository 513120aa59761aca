using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>Standard streams that the parent process has closed, or that cannot be written.</summary>
public sealed class ClosedStreamTests
{
    [UnixTheory]
    [InlineData("2>&-")]
    [InlineData("2</dev/null")]
    [InlineData(">&- 2>&-")]
    [InlineData("<&- >&- 2>&-")]
    public async Task An_export_to_a_file_runs_on(string closed)
    {
        using var world = new CliWorld(450);
        using var child = new CliProcess(world, $"$CLI export -q '{TestBench.Query}' -s 1d -o x.ndjson --verbose {closed}", []);
        Assert.Equal(ExitCode.Complete, await child.ExitAsync());
        Assert.Equal(world.Expected, world.Lines("x.ndjson"));
    }

    [UnixTheory]
    [InlineData(">&-", true)]
    [InlineData(">&- 2>&-", false)]
    public async Task Events_without_an_open_output_are_an_error(string closed, bool said)
    {
        using var world = new CliWorld(450);
        using var child = new CliProcess(world, $"$CLI export -q '{TestBench.Query}' -s 1d -o - {closed}", []);
        Assert.Equal(ExitCode.Failed, await child.ExitAsync());
        Assert.Equal(said, child.Error.Contains("Standard output cannot be written", StringComparison.Ordinal));
    }

    [UnixFact]
    public async Task Events_go_to_standard_output_if_only_standard_error_is_closed()
    {
        using var world = new CliWorld(450);
        using var child = new CliProcess(world, $"$CLI export -q '{TestBench.Query}' -s 1d -o - 2>&-", []);
        Assert.Equal(ExitCode.Complete, await child.ExitAsync());
        Assert.Equal(world.Expected, child.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
