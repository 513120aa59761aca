using LogScalePaging.EndToEnd.Tests.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>The reason of a run that broke off is its error.</summary>
public sealed class BrokenRunReasonTests
{
    [Theory]
    [InlineData(400, 1, SearchStrategy.Auto)]
    [InlineData(401, 1, SearchStrategy.Auto)]
    [InlineData(401, 8, SearchStrategy.Around)]
    [InlineData(400, 8, SearchStrategy.Window)]
    [InlineData(500, 8, SearchStrategy.Window)]
    public async Task It_names_what_the_server_said(int status, int nth, SearchStrategy strategy)
    {
        foreach (var toFile in new[] { true, false })
        {
            using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 100 }).Fill(3_000);
            bench.Server.Faults.Add(Fault.Status(status, "the node is broken"), RequestKind.Create, nth, times: int.MaxValue);
            var run = toFile ? await bench.ExportAsync(VerdictBench.Spec(strategy)) : await bench.WalkAsync(VerdictBench.Spec(strategy));
            Assert.True(run.Error is PagingException, $"an error was expected: {run}");
            if (run.Verdict is not { } verdict)
                continue;
            Assert.Equal(CompletenessState.Incomplete, verdict.State);
            Assert.Contains(run.Error!.Message, verdict.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task Standard_output_ends_with_the_error(int status)
    {
        using var world = new CliWorld();
        world.Server.Faults.Add(Fault.Status(status, "the node is broken"), RequestKind.Create, times: int.MaxValue);
        var outcome = await world.ExportAsync("-");
        Assert.Equal(1, outcome.Code);
        Assert.Contains(status == 400 ? "the node is broken" : "401", outcome.Error, StringComparison.Ordinal);
    }
}
