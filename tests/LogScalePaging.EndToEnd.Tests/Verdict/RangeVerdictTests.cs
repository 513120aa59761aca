using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Manifest;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>An answer for another range than the requested one is refused.</summary>
public sealed class RangeVerdictTests
{
    private static readonly ManifestRange s_asked = new(TestBench.Newest - 86_400_000, TestBench.Newest + 1);

    [Theory]
    [InlineData(AnswerFaultKind.RangeFromZero)]
    [InlineData(AnswerFaultKind.RangeReversed)]
    [InlineData(AnswerFaultKind.RangeBeyondCalendar)]
    [InlineData(AnswerFaultKind.RangeNegative)]
    [InlineData(AnswerFaultKind.RangeShifted)]
    public async Task A_wrong_range_is_never_complete(AnswerFaultKind kind)
    {
        foreach (var count in new[] { 150, 3_000 })
        {
            using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(count);
            bench.Plan.Add(kind, -7_200_000);
            foreach (var run in await bench.BothAsync(VerdictBench.Spec()))
            {
                run.AssertHonest(bench.Truth());
                Assert.True(run.Error is not null || run.State != CompletenessState.Complete, $"not Complete was expected: {run}");
                Assert.True(run.Manifest is null || run.Manifest.Range == s_asked, $"another range than asked: {run.Manifest?.Range}");
            }
        }
    }

    [Theory]
    [InlineData(AnswerFaultKind.RangeFromZero)]
    [InlineData(AnswerFaultKind.RangeReversed)]
    [InlineData(AnswerFaultKind.RangeBeyondCalendar)]
    [InlineData(AnswerFaultKind.RangeNegative)]
    [InlineData(AnswerFaultKind.RangeShifted)]
    [InlineData(AnswerFaultKind.RangeMissing)]
    public async Task A_range_that_is_wrong_once_is_asked_for_again(AnswerFaultKind kind)
    {
        foreach (var (toFile, strategy, on) in new[]
        {
            (true, SearchStrategy.Auto, AnswerKinds.Tail), (false, SearchStrategy.Auto, AnswerKinds.Tail),
            (true, SearchStrategy.Window, AnswerKinds.Plain), (false, SearchStrategy.Window, AnswerKinds.Plain),
        })
        {
            using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(3_000);
            bench.Plan.AddOnce(kind, -7_200_000, on);
            var spec = VerdictBench.Spec(strategy);
            var run = toFile ? await bench.ExportAsync(spec) : await bench.WalkAsync(spec);
            run.AssertComplete(bench.Truth());
            Assert.Equal(toFile ? s_asked : null, run.Manifest?.Range);
        }
    }

    [Theory]
    [InlineData(AnswerFaultKind.RangeReversed)]
    [InlineData(AnswerFaultKind.RangeBeyondCalendar)]
    [InlineData(AnswerFaultKind.RangeNegative)]
    public async Task A_relative_range_is_not_pinned_to_what_is_impossible(AnswerFaultKind kind)
    {
        using var bench = new VerdictBench().Fill(150);
        bench.Plan.Add(kind);
        var run = await bench.ExportAsync(VerdictBench.Spec() with { Start = QueryTime.Parse("1d"), End = QueryTime.Now });
        run.AssertHonest(bench.Truth());
        Assert.True(run.Error is not null, $"an error was expected: {run}");
    }

    [Theory]
    [InlineData(150)]
    [InlineData(600)]
    public async Task A_query_that_sets_its_own_range_may_have_another(int count)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(count);
        var own = new ManifestRange(TestBench.Newest - 60_000, TestBench.Newest + 1);
        var truth = bench.Truth();
        var query = $"setTimeInterval(start={own.Start}, end={own.End}) | {TestBench.Query}";
        // Nothing lies in the range that is asked for.
        var spec = VerdictBench.Spec(query: query) with { End = QueryTime.At(TestBench.Newest - 80_000_000) };
        foreach (var run in await bench.BothAsync(spec))
        {
            run.AssertComplete(truth);
            Assert.NotEqual("Window", run.Strategy);
            Assert.Equal(run.Where == "file" ? own : null, run.Manifest?.Range);
        }
    }
}
