using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Paging;
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
