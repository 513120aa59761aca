using LogScalePaging.Cli;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class HelpTests
{
    [Theory]
    [InlineData("export", "Try it without a server", "130 interrupted", "--job-timeout")]
    [InlineData("verify", "3 not valid", "verify events.json")]
    [InlineData("plan", "--slices 64", "--requests-per-slice")]
    [InlineData("slice", "75 try again", "65 the plan", "SLURM_ARRAY_TASK_ID")]
    [InlineData("merge", "65 the plan", "merge --plan case/plan.json")]
    [InlineData("simulate", "--latency 120", "--seed")]
    public async Task Each_command_has_help_with_examples(string command, params string[] words)
    {
        using var world = new CliWorld(0);
        var outcome = await world.RunAsync(command, "--help");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.All(words, word => Assert.Contains(word, outcome.Out, StringComparison.Ordinal));
        Assert.DoesNotContain("{0}", outcome.Out, StringComparison.Ordinal);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public async Task No_option_takes_a_token_where_others_can_read_it()
    {
        using var world = new CliWorld(0);
        var outcome = await world.RunAsync("export", "--help");
        Assert.DoesNotContain("--token ", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_that_of_the_module()
    {
        using var world = new CliWorld(0);
        Assert.Equal($"logscale-paging {ToolInfo.Version}\n", (await world.RunAsync("--version")).Out.ReplaceLineEndings("\n"));
    }
}
