using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>Rows without an @id are returned, but repeats among them cannot be detected.</summary>
public sealed class MissingIdVerdictTests
{
    [Theory]
    [InlineData(MissingIdForm.Removed, 201, 1)]
    [InlineData(MissingIdForm.Removed, 600, 0.3)]
    [InlineData(MissingIdForm.Removed, 1_000, 1)]
    [InlineData(MissingIdForm.Removed, 3_000, 0.3)]
    [InlineData(MissingIdForm.Null, 600, 1)]
    [InlineData(MissingIdForm.Null, 600, 0.3)]
    [InlineData(MissingIdForm.Empty, 600, 1)]
    [InlineData(MissingIdForm.Empty, 600, 0.3)]
    [InlineData(MissingIdForm.Number, 600, 1)]
    [InlineData(MissingIdForm.Number, 600, 0.3)]
    public async Task All_rows_come_and_are_unverified(MissingIdForm form, int count, double share)
    {
        var options = new SimulatorOptions { MaxTail = 10_000, Defects = new EventDefects { WithoutId = share, IdForm = form } };
        using var bench = new VerdictBench(options).Fill(count);
        var spec = VerdictBench.Spec();
        foreach (var run in await bench.BothAsync(spec))
            AssertUnverified(run, bench.Truth(spec));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(1_000)]
    [InlineData(3_000)]
    public async Task Select_without_the_id_returns_all_rows(int count)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(count);
        var spec = VerdictBench.Spec(query: TestBench.Query + " | select([@timestamp, n])");
        foreach (var run in await bench.BothAsync(spec))
            AssertUnverified(run, bench.Truth(spec));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(600)]
    [InlineData(2_500)]
    public async Task A_limit_returns_the_newest(int limit)
    {
        using var bench = new VerdictBench(new EventDefects { WithoutId = 1 }).Fill(3_000);
        var spec = VerdictBench.Spec() with { MaxEvents = limit };
        foreach (var run in await bench.BothAsync(spec))
        {
            Assert.True(run.Error is null && run.IsExactly(bench.Truth(spec).Take(limit)), $"the newest {limit} were expected: {run}");
            Assert.NotEqual(CompletenessState.Incomplete, run.State);
            run.AssertVerified();
        }
    }

    private static void AssertUnverified(VerdictRun run, IReadOnlyList<string> truth)
    {
        Assert.True(run.Error is null && run.IsExactly(truth), $"all {truth.Count} rows were expected: {run}");
        Assert.True(run.State == CompletenessState.Unverified, $"Unverified was expected: {run}");
        Assert.NotEmpty(run.Warnings);
        run.AssertVerified();
    }
}
