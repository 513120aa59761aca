using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Verdict;

/// <summary>
/// An answer without a list of events is not an answer with zero events. An answer with fewer rows than it says is not complete.
/// </summary>
public sealed class InvalidAnswerVerdictTests
{
    public static TheoryData<AnswerFaultKind, int, SearchStrategy, AnswerKinds> Once()
    {
        var data = new TheoryData<AnswerFaultKind, int, SearchStrategy, AnswerKinds>();
        AnswerFaultKind[] kinds =
        [
            AnswerFaultKind.EventsAbsent, AnswerFaultKind.EventsNull, AnswerFaultKind.EventsObject,
            AnswerFaultKind.DroppedRow, AnswerFaultKind.LostRow, AnswerFaultKind.EventCountOff,
        ];
        foreach (var kind in kinds)
        {
            data.Add(kind, 150, SearchStrategy.Auto, AnswerKinds.Plain);
            data.Add(kind, 150, SearchStrategy.Auto, AnswerKinds.Tail);
            data.Add(kind, 600, SearchStrategy.Around, AnswerKinds.Around);
            data.Add(kind, 3_000, SearchStrategy.Window, AnswerKinds.Tail);
        }
        data.Add(AnswerFaultKind.HasMoreFalse, 600, SearchStrategy.Auto, AnswerKinds.Plain);
        data.Add(AnswerFaultKind.HasMoreFalse, 600, SearchStrategy.Auto, AnswerKinds.Tail);
        data.Add(AnswerFaultKind.HasMoreFalse, 3_000, SearchStrategy.Auto, AnswerKinds.Plain);
        data.Add(AnswerFaultKind.HasMoreFalse, 3_000, SearchStrategy.Auto, AnswerKinds.Tail);
        data.Add(AnswerFaultKind.LostRow, 3_000, SearchStrategy.Stream, AnswerKinds.Stream);
        return data;
    }

    [Theory]
    [MemberData(nameof(Once))]
    public async Task An_answer_that_is_wrong_once_is_requested_again(AnswerFaultKind kind, int count, SearchStrategy strategy,
        AnswerKinds on)
    {
        foreach (var toFile in new[] { true, false })
        {
            using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(count);
            bench.Plan.AddOnce(kind, 1, on);
            var spec = VerdictBench.Spec(strategy);
            var run = toFile ? await bench.ExportAsync(spec) : await bench.WalkAsync(spec);
            run.AssertComplete(bench.Truth(spec));
        }
    }

    [Theory]
    [InlineData(150)]
    [InlineData(3_000)]
    public async Task A_filter_that_the_server_calls_an_aggregate_is_still_counted(int count)
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(count);
        bench.Plan.Add(AnswerFaultKind.SaysAggregate);
        foreach (var run in await bench.BothAsync(VerdictBench.Spec()))
            run.AssertComplete(bench.Truth());
        // Rows that it lacks are missed.
        bench.Plan.Add(AnswerFaultKind.ReplacedRow);
        foreach (var run in await bench.BothAsync(VerdictBench.Spec()))
            Assert.Equal(Paging.Verdicts.CompletenessState.Incomplete, run.State);
    }

    [Theory]
    [InlineData(AnswerFaultKind.EventsAbsent)]
    [InlineData(AnswerFaultKind.EventsNull)]
    [InlineData(AnswerFaultKind.EventsObject)]
    public async Task An_answer_that_never_has_events_is_an_error(AnswerFaultKind kind)
    {
        // There are no events either. Only the form of the answer shows the fault.
        foreach (var count in new[] { 0, 150 })
        {
            using var bench = new VerdictBench().Fill(count);
            bench.Plan.Add(kind, 1, AnswerKinds.Events);
            foreach (var run in await bench.BothAsync(VerdictBench.Spec()))
            {
                run.AssertHonest(bench.Truth());
                Assert.True(run.Error is PagingException, $"an error was expected: {run}");
            }
        }
    }

    [Theory]
    [InlineData(AnswerFaultKind.DroppedRow)]
    [InlineData(AnswerFaultKind.LostRow)]
    public async Task A_row_that_is_always_missing_is_counted(AnswerFaultKind kind)
    {
        using var bench = new VerdictBench().Fill(150);
        bench.Plan.Add(kind);
        foreach (var run in await bench.BothAsync(VerdictBench.Spec(SearchStrategy.Around)))
        {
            run.AssertHonest(bench.Truth());
            Assert.True(run.Verdict is { State: CompletenessState.Incomplete, Missing: 1 }, $"1 missing was expected: {run}");
        }
        // Two jobs with different queries may lack different rows, and together have all of them.
        foreach (var run in await bench.BothAsync(VerdictBench.Spec()))
        {
            run.AssertHonest(bench.Truth());
            Assert.True(run.Verdict is { State: CompletenessState.Incomplete, Missing: 1 } || run.IsExactly(bench.Truth()),
                $"1 missing was expected: {run}");
        }
    }

    [Theory]
    [InlineData(AnswerFaultKind.EventCountOff, 3)]
    [InlineData(AnswerFaultKind.EventCountOff, -3)]
    public async Task An_event_count_that_always_contradicts_is_not_complete(AnswerFaultKind kind, long amount)
    {
        using var bench = new VerdictBench().Fill(150);
        bench.Plan.Add(kind, amount, AnswerKinds.Events);
        foreach (var run in await bench.BothAsync(VerdictBench.Spec()))
        {
            run.AssertHonest(bench.Truth());
            Assert.NotEqual(CompletenessState.Complete, run.State);
        }
    }

    [Fact]
    public async Task An_event_count_that_is_not_there_contradicts_nothing()
    {
        using var bench = new VerdictBench().Fill(150);
        bench.Plan.Add(AnswerFaultKind.EventCountMissing);
        foreach (var run in await bench.BothAsync(VerdictBench.Spec()))
            run.AssertComplete(bench.Truth());
    }
}
