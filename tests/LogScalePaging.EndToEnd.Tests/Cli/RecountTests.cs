using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary><c>verify --recount</c>.</summary>
public sealed class RecountTests
{
    [Theory]
    [InlineData("x.json")]
    [InlineData("x.csv", "--max-file-events", "100")]
    [InlineData("x.json", "--max-events", "70")]
    public async Task The_server_still_counts_as_many(string name, params string[] more)
    {
        using var world = new CliWorld(450);
        await world.ExportAsync(name, more);
        // The manifest knows the repository.
        world.Environment.Remove(ConnectionSettings.RepositoryVariable);
        var outcome = await world.RunAsync("verify", world.In(name), "--recount", "--verbose");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Contains("good  ServerCount", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_larger_count_is_a_failed_check()
    {
        using var world = new CliWorld(450);
        await world.ExportAsync("x.json");
        world.Server.Events.Add(TestBench.Event(99_999, TestBench.Newest - 5));
        (await world.RunAsync("verify", world.In("x.json"), "--recount")).Failed(ExitCode.Incomplete, "WRONG  ServerCount",
            "should be 451, is 450", "arrived on the server after the export");
        Assert.Equal(ExitCode.Complete, (await world.RunAsync("verify", world.In("x.json"))).Code);
    }

    [Fact]
    public async Task A_count_that_the_server_calls_partial_proves_nothing()
    {
        using var world = new CliWorld(450);
        await world.ExportAsync("x.json");
        world.Server.Options.AnswerFaults.Add(
            new AnswerFault(AnswerFaultKind.Warnings) { Text = "partial result", On = AnswerKinds.Count });
        (await world.RunAsync("verify", world.In("x.json"), "--recount")).Failed(ExitCode.Incomplete, "WRONG  ServerCount",
            "the count proves nothing", "partial result");
    }

    [Fact]
    public async Task Without_it_nothing_is_asked()
    {
        using var world = new CliWorld(450);
        await world.ExportAsync("x.json");
        world.Server.Reset();
        await world.RunAsync("verify", world.In("x.json"));
        Assert.Equal(0, world.Server.RequestCount);
    }

    [Fact]
    public async Task Without_a_server_it_is_wrong_usage()
    {
        using var world = new CliWorld(5);
        await world.ExportAsync("x.json");
        world.Environment.Clear();
        var outcome = await world.RunAsync("verify", world.In("x.json"), "--recount");
        outcome.Failed(ExitCode.Usage, ConnectionSettings.BaseUrlVariable, ConnectionSettings.TokenVariable);
        Assert.DoesNotContain("--embedded", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--repo", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_count_is_not_a_verdict()
    {
        using var world = new CliWorld(5);
        await world.ExportAsync("x.json");
        world.Server.Faults.Add(Fault.Status(500, "no"), times: int.MaxValue);
        var outcome = await world.RunAsync("verify", world.In("x.json"), "--recount", "--max-retries", "0");
        outcome.Failed(ExitCode.Failed, "500");
        Assert.DoesNotContain("Valid", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_manifest_the_server_is_not_asked()
    {
        using var world = new CliWorld(5);
        (await world.RunAsync("verify", world.In("nosuch.json"), "--recount")).Failed(ExitCode.Failed, "manifest");
        Assert.Equal(0, world.Server.RequestCount);
    }
}
