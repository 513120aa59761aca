using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Schedules;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.EndToEnd.Tests.Schedules;

/// <summary>Schedules whose first run saw wrong clocks, so that a relative start was too late.</summary>
public sealed class ScheduleFirstRunTests : WrongClocks
{
    [Theory]
    [InlineData(30, 0)]
    [InlineData(60, 20)]
    [InlineData(600, 0)]
    [InlineData(600, 20)]
    public async Task A_first_run_with_a_wrong_clock_begins_where_it_should_if_all_its_events_are_known(int wrong, int second)
    {
        static ScheduleSettings Long(ScheduleSettings settings) => settings with { Lookback = TimeSpan.FromHours(2) };
        World.Arrive(Own(-48), Own(-40), Own(-15));
        await RunAsync(wrong, Long);
        await RunAsync(second, Long);
        Move(-wrong);
        World.Arrive(Own(-1));
        var signals = new SignalLog();
        var run = await RunAsync(10, Long, signals);
        Assert.Equal((CompletenessState.Complete, OwnClock.GetUtcNow() - ScheduleWorld.Lag), (run.State, run.RangeEnd));
        Assert.Contains(signals.Warnings, w => w.Message.Contains("The start that was meant can be earlier", StringComparison.Ordinal));
        World.Arrive(Own(-1), Own(-50));
        signals = new SignalLog();
        await RunAsync(10, Long, signals);
        Assert.Empty(signals.Warnings);
        AssertEachOnce();
    }

    [Fact]
    public async Task A_first_run_with_a_wrong_clock_says_what_it_left_out()
    {
        static ScheduleSettings Short(ScheduleSettings settings) => settings with { Lookback = TimeSpan.FromMinutes(50) };
        World.Arrive(Own(-58), Own(-40), Own(-20));
        var first = await RunAsync(30, Short);
        Assert.Equal(1, first.Events);
        Move(-30);
        var signals = new SignalLog();
        var run = await RunAsync(15, Short, signals);
        var (meant, began) = (first.RangeStart!.Value.AddMinutes(-15), first.RangeStart.Value);
        Assert.Contains(signals.Warnings, w => w.Message.Contains("the clock of the first run was wrong too, so the schedule began at "
            + $"{began:yyyy-MM-ddTHH:mm:ss.fff}Z instead of {meant:yyyy-MM-ddTHH:mm:ss.fff}Z,", StringComparison.Ordinal));
        Assert.Equal((1, "all events up to the watermark are exported, except those that arrived too late"), (run.TooLate, run.Reason));
        signals = new SignalLog();
        run = await RunAsync(10, Short, signals);
        Assert.Equal((0, 0), (run.TooLate, signals.Warnings.Count));
    }

    [Fact]
    public async Task A_first_run_whose_clock_may_have_been_wrong_is_named()
    {
        await RunAsync(30);
        await RunAsync(30);
        Move(-30);
        var signals = new SignalLog();
        var run = await RunAsync(10, signals);
        Assert.Contains(signals.Warnings, w => w.Message.StartsWith("if the clock was wrong in the first run too, the schedule began later",
            StringComparison.Ordinal));
        Assert.Equal((CompletenessState.Complete, 0), (run.State, run.TooLate));
    }

    [Fact]
    public async Task A_first_run_with_a_clock_that_was_far_ahead_is_to_be_begun_again()
    {
        await RunAsync(600, s => s with { Lookback = TimeSpan.FromMinutes(10) });
        Move(-600);
        var e = await Assert.ThrowsAsync<ExportException>(() => RunAsync(10));
        Assert.Equal(ExportErrorKind.WatermarkInFuture, e.Kind);
        Assert.Contains("Move the watermark file and all outputs of this schedule away, and begin again.", e.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fixed_start_is_not_moved_by_a_wrong_clock()
    {
        Task<ScheduledExportResult> FromAsync(SignalLog signals) => World.RunAsync(signals: signals,
            search: s => s with { Start = QueryTime.Parse("2026-01-15T11:30:00Z") });
        Move(30);
        var first = await FromAsync(new SignalLog());
        Move(-20);
        var signals = new SignalLog();
        await FromAsync(signals);
        Assert.Equal(first.RangeStart!.Value.ToUnixTimeMilliseconds(), WatermarkState.Read(World.State).First);
        Assert.DoesNotContain(signals.Warnings, w => w.Message.Contains("first run", StringComparison.Ordinal));
    }
}
