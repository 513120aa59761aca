using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Schedules;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Schedules;

/// <summary>Schedules while the clock of the server, or the one of this machine, is wrong.</summary>
public sealed class ScheduleClockTests : IDisposable
{
    private static readonly TimeSpan s_years = TimeSpan.FromDays(27_000);

    private readonly ScheduleWorld _world = new();
    private readonly ManualTimeProvider _own = new();

    public ScheduleClockTests() => _world.Own = _own;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_clock_of_the_server_that_is_far_ahead_is_not_followed()
    {
        await RunAsync(10);
        _world.Wait(s_years);
        for (var run = 0; run < 3; run++)
        {
            _world.Arrive(Own(-8), Own(-6), Own(-30));
            var signals = new SignalLog();
            var result = await RunAsync(10, signals);
            Assert.Equal((_own.GetUtcNow() - ScheduleWorld.Lag, false), (result.RangeEnd, result.HasGap));
            Assert.Single(result.Exports);
            Assert.Contains(signals.Warnings, w => w.Message.Contains("They differ by more than 5 minutes", StringComparison.Ordinal));
        }
        _world.Wait(-s_years);
        _world.Arrive(Own(-4), Own(-20));
        await RunAsync(10);
        AssertEachOnce();
    }

    [Fact]
    public async Task A_clock_that_is_wrong_in_one_answer_is_not_followed()
    {
        await RunAsync(10);
        _world.Arrive(Own(-3));
        _world.Wait(s_years);
        var isBack = false;
        void Back(RequestRecord request)
        {
            if (isBack)
                return;
            isBack = true;
            _world.Wait(-s_years);
        }
        _world.Server.RequestHandled += Back;
        var result = await RunAsync(10);
        _world.Server.RequestHandled -= Back;
        Assert.Equal(_own.GetUtcNow() - ScheduleWorld.Lag, result.RangeEnd);
        _world.Arrive(Own(-9));
        await RunAsync(10);
        AssertEachOnce();
    }

    [Fact]
    public async Task A_date_header_of_the_year_2100_does_not_move_the_watermark()
    {
        _world.Server.Options.DateHeader = "Fri, 01 Jan 2100 00:00:00 GMT";
        _world.Arrive(Own(-30));
        var signals = new SignalLog();
        var result = await RunAsync(0, signals);
        Assert.Equal((_own.GetUtcNow() - ScheduleWorld.Lag, 1), (result.RangeEnd, result.Events));
        Assert.DoesNotContain(signals.Warnings, w => w.Message.Contains("differ by more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_clock_of_the_server_is_behind()
    {
        _world.Arrive(Own(-30));
        var first = await RunAsync(10);
        _world.Wait(TimeSpan.FromMinutes(-40));
        _world.Arrive(Own(-12));
        var result = await RunAsync(10);
        Assert.Equal((first.RangeEnd, 0, true), (result.RangeEnd, result.Exports.Count, result.HasGap));
        Assert.Equal((CompletenessState.Incomplete, null), (result.State, result.Behind));
        Assert.StartsWith($"nothing is exported, because an earlier run exported all events up to {first.RangeEnd:yyyy-MM-ddTHH:mm:ss.fff}Z, "
            + "and the clock of the server has moved back", result.Reason, StringComparison.Ordinal);
        _world.Wait(TimeSpan.FromMinutes(40));
        await RunAsync(10);
        AssertEachOnce();
    }

    [Fact]
    public async Task A_long_lag_does_not_hide_that_the_clock_of_the_server_is_behind()
    {
        static ScheduleSettings Long(ScheduleSettings settings) => settings with { Lag = TimeSpan.FromHours(1) };
        await RunAsync(0, Long);
        await RunAsync(10, Long);
        _world.Wait(TimeSpan.FromMinutes(-50));
        var result = await RunAsync(0, Long);
        Assert.Equal((CompletenessState.Incomplete, true, 0), (result.State, result.HasGap, result.Exports.Count));
    }

    [Fact]
    public async Task A_second_run_at_the_same_moment_has_nothing_to_do_although_the_clocks_differ()
    {
        _world.Wait(TimeSpan.FromMinutes(-40));
        await RunAsync(0);
        var result = await RunAsync(0);
        Assert.Equal((CompletenessState.Complete, false, 0), (result.State, result.HasGap, result.Exports.Count));
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(60, 20)]
    [InlineData(600, 0)]
    [InlineData(600, 20)]
    public async Task A_first_run_with_a_wrong_clock_begins_where_it_should_if_all_its_events_are_known(int wrong, int second)
    {
        static ScheduleSettings Long(ScheduleSettings settings) => settings with { Lookback = TimeSpan.FromHours(2) };
        _world.Arrive(Own(-48), Own(-40), Own(-15));
        await RunAsync(wrong, Long);
        await RunAsync(second, Long);
        Move(-wrong);
        _world.Arrive(Own(-1));
        var signals = new SignalLog();
        var run = await RunAsync(10, Long, signals);
        Assert.Equal((CompletenessState.Complete, _own.GetUtcNow() - ScheduleWorld.Lag), (run.State, run.RangeEnd));
        Assert.Contains(signals.Warnings, w => w.Message.Contains("The start that was meant can be earlier", StringComparison.Ordinal));
        _world.Arrive(Own(-1), Own(-50));
        signals = new SignalLog();
        await RunAsync(10, Long, signals);
        Assert.Empty(signals.Warnings);
        AssertEachOnce();
    }

    [Fact]
    public async Task A_first_run_with_a_wrong_clock_says_what_it_left_out()
    {
        static ScheduleSettings Short(ScheduleSettings settings) => settings with { Lookback = TimeSpan.FromMinutes(50) };
        _world.Arrive(Own(-58), Own(-40), Own(-20));
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
        Task<ScheduledExportResult> FromAsync(SignalLog signals) => _world.RunAsync(signals: signals,
            search: s => s with { Start = QueryTime.Parse("2026-01-15T11:30:00Z") });
        Move(30);
        var first = await FromAsync(new SignalLog());
        Move(-20);
        var signals = new SignalLog();
        await FromAsync(signals);
        Assert.Equal(first.RangeStart!.Value.ToUnixTimeMilliseconds(), WatermarkState.Read(_world.State).First);
        Assert.DoesNotContain(signals.Warnings, w => w.Message.Contains("first run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_time_counts_by_this_machine_if_its_clock_is_the_one_that_is_behind()
    {
        _own.Advance(TimeSpan.FromMinutes(-20));
        _world.Arrive(Own(-6), Own(4));
        var result = await RunAsync(10);
        Assert.Equal((_own.GetUtcNow() - ScheduleWorld.Lag, 2), (result.RangeEnd, result.Events));
    }

    [Fact]
    public async Task A_watermark_in_the_future_goes_back_if_its_look_back_reaches_the_present()
    {
        _world.Arrive(Own(-20));
        // Both clocks jump, as those of two machines with one source of time do.
        await RunAsync(30);
        Move(-30);
        _world.Arrive(Own(-15), Own(-1));
        var signals = new SignalLog();
        var result = await RunAsync(10, signals);
        Assert.Contains(signals.Warnings, w => w.Message.StartsWith("the watermark was in the future: it was", StringComparison.Ordinal));
        Assert.Equal((_own.GetUtcNow() - ScheduleWorld.Lag, 2, false), (result.RangeEnd, result.Events, result.HasGap));
        Assert.True(result.RangeStart < result.RangeEnd);
        _world.Arrive(Own(-10), Own(-2));
        signals = new SignalLog();
        await RunAsync(10, signals);
        Assert.Empty(signals.Warnings);
        AssertEachOnce();
        Assert.Equal(_world.Arrived.Count, WatermarkState.Read(_world.State).Events);
    }

    [Fact]
    public async Task A_step_that_begins_where_one_of_a_wrong_clock_began_gets_another_name()
    {
        await RunAsync(10);
        _world.Arrive(Own(-3));
        // Two runs while both clocks are 30 minutes ahead.
        await RunAsync(30);
        await RunAsync(5);
        Move(-30);
        _world.Arrive(Own(-1));
        await RunAsync(0);
        var again = await RunAsync(25);
        _world.Arrive(Own(-8), Own(-20));
        var result = await RunAsync(10);
        Assert.Contains(_world.Files, f => f.EndsWith($"-{again.RangeEnd:HHmmssfff}.ndjson", StringComparison.Ordinal));
        Assert.Equal((2, false, _own.GetUtcNow() - ScheduleWorld.Lag), (result.Events, result.HasGap, result.RangeEnd));
        AssertEachOnce();
    }

    [Fact]
    public async Task A_killed_step_after_a_wrong_clock_is_read_again_even_with_a_shorter_look_back()
    {
        await RunAsync(10);
        await RunAsync(30);
        Move(-30);
        Move(15);
        _world.Arrive(Own(-13), Own(-7));
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            _world.RunAsync(changed: change => throw new OperationCanceledException(change)));
        await Assert.ThrowsAsync<OperationCanceledException>(() => _world.RunAsync(changed: change =>
        {
            if (change == "begun")
                throw new OperationCanceledException(change);
        }));
        Move(5);
        await _world.RunAsync(settings: s => s with { Lookback = TimeSpan.FromMinutes(1) });
        AssertEachOnce();
    }

    [Fact]
    public async Task A_watermark_far_in_the_future_is_an_error_and_a_copy_of_the_file_helps()
    {
        _world.Arrive(Own(-20));
        await RunAsync(10);
        var copy = await File.ReadAllBytesAsync(_world.State);
        var before = Directory.GetFiles(_world.Folder).ToHashSet();
        Move(600);
        await RunAsync(0);
        Move(-600);
        var wrong = await File.ReadAllBytesAsync(_world.State);
        _world.Arrive(Own(-5), Own(-1));
        var e = await Assert.ThrowsAsync<ExportException>(() => RunAsync(10));
        Assert.Equal(ExportErrorKind.WatermarkInFuture, e.Kind);
        Assert.Contains("Restore a copy of the file from before that run", e.Message, StringComparison.Ordinal);
        Assert.Equal(wrong, await File.ReadAllBytesAsync(_world.State));
        await File.WriteAllBytesAsync(_world.State, copy);
        foreach (var file in Directory.GetFiles(_world.Folder).Except(before))
            File.Delete(file);
        await RunAsync(0);
        AssertEachOnce();
    }

    // The clock of this machine, in epoch milliseconds, some minutes on.
    private long Own(int minutes) => _own.GetUtcNow().AddMinutes(minutes).ToUnixTimeMilliseconds();

    private void Move(int minutes)
    {
        _own.Advance(TimeSpan.FromMinutes(minutes));
        _world.Wait(TimeSpan.FromMinutes(minutes));
    }

    private Task<ScheduledExportResult> RunAsync(int minutes, SignalLog? signals = null) => RunAsync(minutes, s => s, signals);

    private Task<ScheduledExportResult> RunAsync(
        int minutes, Func<ScheduleSettings, ScheduleSettings> settings, SignalLog? signals = null)
    {
        Move(minutes);
        return _world.RunAsync(settings: settings, signals: signals);
    }

    private void AssertEachOnce()
    {
        Assert.Equal(_world.Arrived.Select(e => e.Id).Order(StringComparer.Ordinal), _world.Exported().Order(StringComparer.Ordinal));
        _world.AssertValid();
    }
}
