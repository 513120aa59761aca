using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>The exit codes of <c>--require-complete</c>.</summary>
public sealed class RequireCompleteTests
{
    [Theory]
    [InlineData("x.ndjson")]
    [InlineData("-")]
    public async Task A_complete_result_is_0(string output)
    {
        using var world = new CliWorld();
        Assert.Equal(ExitCode.Complete, (await world.ExportAsync(output, "--require-complete")).Code);
    }

    [Theory]
    [InlineData("x.ndjson", true, 4)]
    [InlineData("x.ndjson", false, 0)]
    [InlineData("-", true, 4)]
    [InlineData("-", false, 0)]
    public async Task An_unverified_result_is_4_where_it_has_to_be_complete(string output, bool requires, int code)
    {
        using var world = new CliWorld();
        string[] args = ["export", "-q", $"{TestBench.Query} | sort(@timestamp)", "-s", "1d", "-o",
            output == "-" ? output : world.In(output)];
        var outcome = await world.RunAsync(requires ? [.. args, "--require-complete"] : args);
        Assert.Equal(code, outcome.Code);
        Assert.Contains("Unverified: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incomplete_result_is_3()
    {
        using var world = new CliWorld(3_000, crowd: 150, new SimulatorOptions { MaxTail = 200 });
        world.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 9, times: int.MaxValue);
        Assert.Equal(ExitCode.Incomplete,
            (await world.ExportAsync("x.ndjson", "--require-complete", "--strategy", "around", "--max-retries", "0")).Code);
    }

    [Fact]
    public async Task It_cannot_be_combined_with_no_verify()
    {
        using var world = new CliWorld();
        (await world.ExportAsync("x.ndjson", "--require-complete", "--no-verify")).Failed(ExitCode.Usage, "--require-complete",
            "--no-verify");
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public async Task A_relative_time_with_a_sign_is_answered_with_the_one_without()
    {
        using var world = new CliWorld();
        (await world.RunAsync("export", "-q", "*", "-s", "-24h", "-o", world.In("x.json"))).Failed(ExitCode.Usage, "write 24h");
    }
}
