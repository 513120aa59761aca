using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Schedules;

/// <summary>Schedules while the clock of the server, or the one of this machine, is wrong.</summary>
public sealed class ScheduleClockTests : WrongClocks
{
    private static readonly TimeSpan s_years = TimeSpan.FromDays(27_000);

    [Fact]
    public async Task A_clock_of_the_server_that_is_far_ahead_is_not_followed()
    {
        await RunAsync(10);
        World.Wait(s_years);
        for (var run = 0; run < 3; run++)
        {
            World.Arrive(Own(-8), Own(-6), Own(-30));
            var signals = new SignalLog();
            var result = await RunAsync(10, signals);
            Assert.Equal((OwnClock.GetUtcNow() - ScheduleWorld.Lag, false), (result.RangeEnd, result.HasGap));
            Assert.Single(result.Exports);
            Assert.Contains(signals.Warnings, w => w.Message.Contains("They differ by more than 5 minutes", StringComparison.Ordinal));
        }
        World.Wait(-s_years);
        World.Arrive(Own(-4), Own(-20));
        await RunAsync(10);
        AssertEachOnce();
    }

    [Fact]
    public async Task A_clock_that_is_wrong_in_one_answer_is_not_followed()
    {
        await RunAsync(10);
        World.Arrive(Own(-3));
        World.Wait(s_years);
        var isBack = false;
        void Back(RequestRecord request)
        {
            if (isBack)
                return;
            isBack = true;
            World.Wait(-s_years);
        }
        World.Server.RequestHandled += Back;
        var result = await RunAsync(10);
        World.Server.RequestHandled -= Back;
        Assert.Equal(OwnClock.GetUtcNow() - ScheduleWorld.Lag, result.RangeEnd);
        World.Arrive(Own(-9));
        await RunAsync(10);
        AssertEachOnce();
    }

    [Fact]
    public async Task A_date_header_of_the_year_2100_does_not_move_the_watermark()
    {
        World.Server.Options.DateHeader = "Fri, 01 Jan 2100 00:00:00 GMT";
        World.Arrive(Own(-30));
        var signals = new SignalLog();
        var result = await RunAsync(0, signals);
        Assert.Equal((OwnClock.GetUtcNow() - ScheduleWorld.Lag, 1), (result.RangeEnd, result.Events));
        Assert.DoesNotContain(signals.Warnings, w => w.Message.Contains("differ by more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_clock_of_the_server_is_behind()
    {
        World.Arrive(Own(-30));
        var first = await RunAsync(10);
        World.Wait(TimeSpan.FromMinutes(-40));
        World.Arrive(Own(-12));
        var result = await RunAsync(10);
        Assert.Equal((first.RangeEnd, 0, true), (result.RangeEnd, result.Exports.Count, result.HasGap));
        Assert.Equal((CompletenessState.Incomplete, null), (result.State, result.Behind));
        Assert.StartsWith($"nothing is exported, because an earlier run exported all events up to {first.RangeEnd:yyyy-MM-ddTHH:mm:ss.fff}Z, "
            + "and the clock of the server has moved back", result.Reason, StringComparison.Ordinal);
        World.Wait(TimeSpan.FromMinutes(40));
        await RunAsync(10);
        AssertEachOnce();
    }

    [Fact]
    public async Task A_long_lag_does_not_hide_that_the_clock_of_the_server_is_behind()
    {
        static ScheduleSettings Long(ScheduleSettings settings) => settings with { Lag = TimeSpan.FromHours(1) };
        await RunAsync(0, Long);
        await RunAsync(10, Long);
        World.Wait(TimeSpan.FromMinutes(-50));
        var result = await RunAsync(0, Long);
        Assert.Equal((CompletenessState.Incomplete, true, 0), (result.State, result.HasGap, result.Exports.Count));
    }

    [Fact]
    public async Task A_second_run_at_the_same_moment_has_nothing_to_do_although_the_clocks_differ()
    {
        World.Wait(TimeSpan.FromMinutes(-40));
        await RunAsync(0);
        var result = await RunAsync(0);
        Assert.Equal((CompletenessState.Complete, false, 0), (result.State, result.HasGap, result.Exports.Count));
    }

    [Fact]
    public async Task The_time_counts_by_this_machine_if_its_clock_is_the_one_that_is_behind()
    {
        OwnClock.Advance(TimeSpan.FromMinutes(-20));
        World.Arrive(Own(-6), Own(4));
        var result = await RunAsync(10);
        Assert.Equal((OwnClock.GetUtcNow() - ScheduleWorld.Lag, 2), (result.RangeEnd, result.Events));
    }

    [Fact]
    public async Task A_watermark_in_the_future_goes_back_if_its_look_back_reaches_the_present()
    {
        World.Arrive(Own(-20));
        // Both clocks jump, as those of two machines with one source of time do.
        await RunAsync(30);
        Move(-30);
        World.Arrive(Own(-15), Own(-1));
        var signals = new SignalLog();
        var result = await RunAsync(10, signals);
        Assert.Contains(signals.Warnings, w => w.Message.StartsWith("the watermark was in the future: it was", StringComparison.Ordinal));
        Assert.Equal((OwnClock.GetUtcNow() - ScheduleWorld.Lag, 2, false), (result.RangeEnd, result.Events, result.HasGap));
        Assert.True(result.RangeStart < result.RangeEnd);
        World.Arrive(Own(-10), Own(-2));
        signals = new SignalLog();
        await RunAsync(10, signals);
        Assert.Empty(signals.Warnings);
        AssertEachOnce();
        Assert.Equal(World.Arrived.Count, WatermarkState.Read(World.State).Events);
    }

    [Fact]
    public async Task A_step_that_begins_where_one_of_a_wrong_clock_began_gets_another_name()
    {
        await RunAsync(10);
        World.Arrive(Own(-3));
        // Two runs while both clocks are 30 minutes ahead.
        await RunAsync(30);
        await RunAsync(5);
        Move(-30);
        World.Arrive(Own(-1));
        await RunAsync(0);
        var again = await RunAsync(25);
        World.Arrive(Own(-8), Own(-20));
        var result = await RunAsync(10);
        Assert.Contains(World.Files, f => f.EndsWith($"-{again.RangeEnd:HHmmssfff}.ndjson", StringComparison.Ordinal));
        Assert.Equal((2, false, OwnClock.GetUtcNow() - ScheduleWorld.Lag), (result.Events, result.HasGap, result.RangeEnd));
        AssertEachOnce();
    }

    [Fact]
    public async Task A_killed_step_after_a_wrong_clock_is_read_again_even_with_a_shorter_look_back()
    {
        await RunAsync(10);
        await RunAsync(30);
        Move(-30);
        Move(15);
        World.Arrive(Own(-13), Own(-7));
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            World.RunAsync(changed: change => throw new OperationCanceledException(change)));
        await Assert.ThrowsAsync<OperationCanceledException>(() => World.RunAsync(changed: change =>
        {
            if (change == "begun")
                throw new OperationCanceledException(change);
        }));
        Move(5);
        await World.RunAsync(settings: s => s with { Lookback = TimeSpan.FromMinutes(1) });
        AssertEachOnce();
    }

    [Fact]
    public async Task A_watermark_far_in_the_future_is_an_error_and_a_copy_of_the_file_helps()
    {
        World.Arrive(Own(-20));
        await RunAsync(10);
        var copy = await File.ReadAllBytesAsync(World.State);
        var before = Directory.GetFiles(World.Folder).ToHashSet();
        Move(600);
        await RunAsync(0);
        Move(-600);
        var wrong = await File.ReadAllBytesAsync(World.State);
        World.Arrive(Own(-5), Own(-1));
        var e = await Assert.ThrowsAsync<ExportException>(() => RunAsync(10));
        Assert.Equal(ExportErrorKind.WatermarkInFuture, e.Kind);
        Assert.Contains("Restore a copy of the file from before that run", e.Message, StringComparison.Ordinal);
        Assert.Equal(wrong, await File.ReadAllBytesAsync(World.State));
        await File.WriteAllBytesAsync(World.State, copy);
        foreach (var file in Directory.GetFiles(World.Folder).Except(before))
            File.Delete(file);
        await RunAsync(0);
        AssertEachOnce();
    }
}
