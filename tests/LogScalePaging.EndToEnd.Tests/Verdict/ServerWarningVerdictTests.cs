using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>A warning that questions the result counts, however many others came before it, and every doubt is a warning.</summary>
public sealed class ServerWarningVerdictTests
{
    [Theory]
    [InlineData(150, 0)]
    [InlineData(150, 1_500)]
    [InlineData(3_000, 1_500)]
    public async Task A_partial_result_is_not_complete(int count, int others)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(count);
        bench.Plan.Add(new AnswerFault(AnswerFaultKind.Warnings, others) { Text = "node {0} has rebooted", On = AnswerKinds.Events });
        bench.Plan.Add(new AnswerFault(AnswerFaultKind.Warnings) { Text = "partial result", On = AnswerKinds.Events });
        foreach (var run in await bench.BothAsync(VerdictBench.Spec()))
        {
            Assert.True(run.State == CompletenessState.Unverified, $"Unverified was expected: {run}");
            Assert.NotEmpty(run.Warnings);
        }
    }

    [Theory]
    [InlineData(SearchStrategy.Around)]
    [InlineData(SearchStrategy.Window)]
    public async Task A_resumed_run_knows_the_doubts_of_the_first_run(SearchStrategy strategy)
    {
        using var folder = new TemporaryFolder();
        using var bench = new TestBench(new SimulatorOptions { MaxTail = 200 }, o => o with { MaxRetryCount = 0 }).Fill(2_000);
        bench.Server.Options.AnswerFaults.Add(
            new AnswerFault(AnswerFaultKind.Warnings) { Text = "partial result", On = AnswerKinds.Events, Times = 1 });
        bench.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 12, times: int.MaxValue);
        var target = new ExportTarget { Path = folder.In("events.ndjson"), Format = ExportFormat.NdJson };
        var request = new ExportRequest(TestBench.Spec() with { Strategy = strategy, Parallel = 1 }, target);
        Assert.NotNull((await new ExportRun(bench.Connection, request, new SignalLog()).RunAsync(default)).Error);
        bench.Server.Faults.Clear();
        var resumed = await new ExportRun(bench.Connection, request with { Resume = true }, new SignalLog()).RunAsync(default);
        Assert.Equal((CompletenessState.Unverified, 2_000), (resumed.Completeness.State, resumed.Completeness.Received));
        Assert.Contains("partial result", resumed.Completeness.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sort(@timestamp)")]
    [InlineData("sort(n, order=asc)")]
    [InlineData("table([@timestamp, n])")]
    public async Task A_result_that_a_function_cut_is_a_warning(string function)
    {
        using var bench = new VerdictBench().Fill(3_000);
        foreach (var run in await bench.BothAsync(VerdictBench.Spec(query: $"{TestBench.Query} | {function}")))
        {
            Assert.True(run.State == CompletenessState.Unverified && run.Rows.Count == 200, $"200 rows, Unverified, were expected: {run}");
            Assert.NotEmpty(run.Warnings);
            Assert.True(run.Manifest is null || run.Manifest.Warnings.Count > 0, "the manifest has no warning");
        }
    }
}
