using System.Text.Json.Nodes;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Schedules;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Schedules;

public sealed class ScheduledExportTests : IDisposable
{
    private readonly ScheduleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Each_run_exports_what_came_since_the_last_one(int events)
    {
        _world.ArriveAgo(TimeSpan.FromMinutes(30));
        var first = await _world.RunAsync();
        Assert.Equal((1, false, ScheduleWorld.Lag), (first.Events, first.HasGap, first.Behind));
        for (var i = 0; i < events; i++)
            _world.ArriveAgo(TimeSpan.FromMinutes(1));
        _world.Wait(TimeSpan.FromMinutes(15));
        var second = await _world.RunAsync();
        Assert.Equal((events, CompletenessState.Complete), (second.Events, second.State));
        Assert.Equal(first.RangeEnd, second.RangeStart);
        Assert.Equal(_world.Server.Now - ScheduleWorld.Lag, second.RangeEnd);
        AssertEachOnce();
        // The look-back window was read again, and its event was left out.
        Assert.Equal(1, second.Exports[0].Manifest.Counts.Known);
        Assert.Equal(2, _world.Files.Count());
        Assert.Equal(0, _world.Server.LiveJobCount);
    }

    [Fact]
    public async Task A_late_event_within_the_look_back_is_in_the_next_output()
    {
        await _world.RunAsync();
        _world.Wait(TimeSpan.FromMinutes(10));
        _world.ArriveAgo(TimeSpan.FromMinutes(40));
        var run = await _world.RunAsync();
        Assert.Equal((1, 1, 0), (run.Events, run.Recovered, run.TooLate));
        AssertEachOnce();
    }

    [Fact]
    public async Task A_later_event_is_counted_and_reported_once()
    {
        _world.ArriveAgo(TimeSpan.FromMinutes(50));
        await _world.RunAsync();
        _world.Wait(TimeSpan.FromHours(3));
        await _world.RunAsync();
        _world.ArriveAgo(TimeSpan.FromHours(3));
        _world.Wait(TimeSpan.FromMinutes(10));
        var signals = new SignalLog();
        var run = await _world.RunAsync(signals: signals);
        Assert.Equal((0, 1, 1), (run.Events, run.TooLate, run.TooLateInAll));
        Assert.Contains(signals.Warnings,
            w => w.Kind == SignalKind.LateArrival && w.Message.Contains("1 event from", StringComparison.Ordinal));
        _world.Wait(TimeSpan.FromMinutes(10));
        run = await _world.RunAsync();
        Assert.Equal((0, 1), (run.TooLate, run.TooLateInAll));
        Assert.Single(_world.Exported());
    }

    [Fact]
    public async Task A_count_that_the_server_calls_partial_does_not_hide_a_later_event()
    {
        await _world.RunAsync();
        _world.Wait(TimeSpan.FromHours(3));
        await _world.RunAsync();
        _world.ArriveAgo(TimeSpan.FromHours(3));
        _world.Wait(TimeSpan.FromMinutes(10));
        var faults = _world.Server.Options.AnswerFaults;
        faults.Add(new AnswerFault(AnswerFaultKind.Warnings) { Text = "partial result", On = AnswerKinds.Count });
        var signals = new SignalLog();
        await _world.RunAsync(signals: signals);
        Assert.Contains(signals.Warnings, w => w.Kind == SignalKind.CountFailed
            && w.Message.Contains("the count of the watched hours proves nothing", StringComparison.Ordinal));
        faults.Clear();
        _world.Wait(TimeSpan.FromMinutes(10));
        Assert.Equal(1, (await _world.RunAsync()).TooLateInAll);
    }

    [Fact]
    public async Task An_event_that_is_days_late_is_reported_within_a_day()
    {
        await _world.RunAsync();
        _world.Wait(TimeSpan.FromDays(5));
        _world.ArriveAgo(TimeSpan.FromDays(5));
        await _world.RunAsync();
        _world.ArriveAgo(TimeSpan.FromDays(4));
        _world.ArriveAgo(TimeSpan.FromDays(4));
        _world.ArriveAgo(TimeSpan.FromDays(2));
        _world.Wait(TimeSpan.FromMinutes(10));
        Assert.Equal(0, (await _world.RunAsync()).TooLate);
        _world.Wait(TimeSpan.FromDays(1));
        var signals = new SignalLog();
        var run = await _world.RunAsync(signals: signals);
        Assert.Equal((3, 3), (run.TooLate, run.TooLateInAll));
        Assert.Equal(2, signals.Warnings.Count(w => w.Kind == SignalKind.LateArrival));
    }

    [Fact]
    public async Task Missed_runs_are_caught_up_in_steps()
    {
        for (var i = 0; i < 20; i++)
            _world.ArriveAgo(TimeSpan.FromMinutes(50));
        await _world.RunAsync();
        for (var i = 0; i < 50; i++)
        {
            _world.Wait(TimeSpan.FromHours(1));
            _world.ArriveAgo(TimeSpan.FromMinutes(10));
        }
        var run = await _world.RunAsync();
        Assert.Equal((3, 50, false), (run.Exports.Count, run.Events, run.HasGap));
        AssertEachOnce();
    }

    [Fact]
    public async Task Nothing_is_exported_twice_when_the_clock_moves_back()
    {
        _world.ArriveAgo(TimeSpan.FromMinutes(30));
        var first = await _world.RunAsync();
        _world.Wait(TimeSpan.FromMinutes(-40));
        var signals = new SignalLog();
        var back = await _world.RunAsync(signals: signals);
        Assert.Empty(back.Exports);
        Assert.Equal((first.RangeEnd, true, null), (back.RangeEnd, back.HasGap, back.Behind));
        Assert.Equal(CompletenessState.Incomplete, back.State);
        Assert.Contains(signals.Warnings, w => w.Message.Contains("does not move back", StringComparison.Ordinal));
        _world.Wait(TimeSpan.FromMinutes(50));
        await _world.RunAsync();
        AssertEachOnce();
    }

    [Fact]
    public async Task An_incomplete_step_is_not_published_and_is_read_again()
    {
        for (var i = 0; i < 150; i++)
            _world.ArriveAgo(TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(i));
        _world.Server.Options.AnswerFaults = new AnswerFaultPlan().Add(AnswerFaultKind.LostRow);
        var run = await _world.RunAsync(search: s => s with { Strategy = SearchStrategy.Around });
        Assert.Equal((CompletenessState.Incomplete, true, run.RangeStart), (run.State, run.HasGap, run.RangeEnd));
        Assert.Empty(_world.Files);
        _world.Server.Options.AnswerFaults = new AnswerFaultPlan();
        run = await _world.RunAsync();
        Assert.Equal((CompletenessState.Complete, false), (run.State, run.HasGap));
        AssertEachOnce();
        Assert.Empty(Directory.GetDirectories(_world.Folder));
    }

    [Fact]
    public async Task Another_search_is_refused_with_both_values()
    {
        await _world.RunAsync();
        var e = await Assert.ThrowsAsync<CheckpointMismatchException>(() => _world.RunAsync(search: s => s with { Query = "other" }));
        Assert.Contains("its query is '#event_simpleName=ProcessRollup2', but this run has 'other'", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<CheckpointMismatchException>(
            () => _world.RunAsync(search: s => s with { TimeZone = "Europe/Berlin" }));
        Assert.Contains("its time zone is 'none', but this run has 'Europe/Berlin'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("* | groupBy(ComputerName)", "groupBy() combines many events into rows")]
    [InlineData("* | tail(10)", "tail() limits the number of rows")]
    [InlineData("* | t := now()", "now() reads the clock")]
    [InlineData("* | select([ComputerName])", "Keep @id and @timestamp in the query")]
    [InlineData("* | @timestamp := a", "the query writes @timestamp")]
    [InlineData("$saved()", "is known to the server only")]
    public async Task A_query_that_cannot_be_cut_by_time_is_refused_with_the_reason(string query, string why)
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => _world.RunAsync(search: s => s with { Query = query }));
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.Equal(0, _world.Server.RequestCount);
        Assert.False(File.Exists(_world.State));
    }

    [Fact]
    public async Task A_limit_and_skipped_events_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _world.RunAsync(search: s => s with { MaxEvents = 5 }));
        await Assert.ThrowsAsync<ArgumentException>(() => _world.RunAsync(search: s => s with { AllowEventSkipping = true }));
        Assert.Equal(0, _world.Server.RequestCount);
    }

    [Fact]
    public async Task A_path_without_a_placeholder_is_refused()
    {
        var e = await Assert.ThrowsAsync<ExportException>(() => _world.RunAsync(path: "events.ndjson"));
        Assert.Equal(ExportErrorKind.BadPath, e.Kind);
        Assert.Equal(0, _world.Server.RequestCount);
    }

    [Fact]
    public async Task An_existing_file_is_never_replaced()
    {
        const string Daily = "events-{start:yyyy-MM-dd}.ndjson";
        await _world.RunAsync(path: Daily);
        _world.Wait(TimeSpan.FromMinutes(10));
        var before = await File.ReadAllBytesAsync(_world.State);
        var e = await Assert.ThrowsAsync<ExportException>(() => _world.RunAsync(path: Daily));
        Assert.Equal(ExportErrorKind.BadPath, e.Kind);
        Assert.Contains("Each step needs its own name", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_world.State));
        // The same schedule with a finer name goes on.
        Assert.Single((await _world.RunAsync()).Exports);
    }

    [Fact]
    public async Task A_second_run_at_the_same_time_is_refused()
    {
        ExportException? refused = null;
        await _world.RunAsync(changed: change =>
        {
            if (change == "begun")
                refused = Assert.Throws<ExportException>(() => _world.RunAsync().GetAwaiter().GetResult());
        });
        Assert.Equal(ExportErrorKind.Locked, refused!.Kind);
        Assert.Single(_world.Files);
    }

    [Fact]
    public async Task Nothing_moves_when_the_server_does_not_answer()
    {
        await _world.RunAsync();
        _world.Wait(TimeSpan.FromMinutes(10));
        var before = await File.ReadAllBytesAsync(_world.State);
        _world.Server.Options.Token = "another";
        await Assert.ThrowsAsync<PagingException>(() => _world.RunAsync());
        Assert.Equal(before, await File.ReadAllBytesAsync(_world.State));
        Assert.Single(_world.Files);
    }

    [Fact]
    public async Task An_event_is_exported_once_by_a_server_whose_ranges_include_their_end()
    {
        _world.Server.Options.EndInclusive = true;
        var boundary = _world.Now - (long)ScheduleWorld.Lag.TotalMilliseconds;
        _world.Arrive(boundary - 1, boundary, boundary + 1);
        await _world.RunAsync();
        _world.Wait(TimeSpan.FromMinutes(10));
        await _world.RunAsync();
        AssertEachOnce();
        for (var i = 0; i < 20; i++)
        {
            _world.Wait(TimeSpan.FromMinutes(10));
            Assert.Equal(0, (await _world.RunAsync()).TooLate);
        }
    }

    [Fact]
    public async Task A_step_is_continued_by_its_schedule_only()
    {
        for (var i = 0; i < 300; i++)
            _world.ArriveAgo(TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(i));
        await Assert.ThrowsAsync<InvalidDataException>(() => _world.RunAsync(changed: change =>
        {
            if (change == "before prepared")
                throw new InvalidDataException(change);
        }));
        var partial = Assert.Single(Directory.GetDirectories(_world.Folder));
        var alone = ExportRequest.Resuming(partial, _world.Bench.Connection.Restore);
        var e = await Assert.ThrowsAsync<ExportException>(
            () => new ExportRun(_world.Bench.Connection, alone, new SignalLog()).RunAsync(default));
        Assert.Contains($"a step of the schedule with the watermark file '{_world.State}'", e.Message, StringComparison.Ordinal);
        Assert.Equal(300, (await _world.RunAsync()).Events);
        AssertEachOnce();
    }

    [Fact]
    public async Task Folders_that_belong_to_the_user_are_kept()
    {
        await _world.RunAsync(path: "a-{start:yyyyMMddHHmmss}.ndjson");
        // An export of the user to the path of the last output, which broke off.
        var last = Assert.Single(_world.Files);
        var partial = last + ".partial";
        Directory.CreateDirectory(partial);
        await File.WriteAllTextAsync(Path.Combine(partial, "mine.txt"), "mine");
        _world.Wait(TimeSpan.FromMinutes(10));
        await _world.RunAsync();
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(partial, "mine.txt")));
    }

    [Fact]
    public async Task A_run_with_a_time_limit_is_continued_by_the_next_one()
    {
        for (var i = 0; i < 300; i++)
            _world.ArriveAgo(TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(i));
        _world.Server.Options.JobDuration = TimeSpan.FromHours(1);
        var run = await _world.RunAsync(settings: s => s with { StopAfter = TimeSpan.FromSeconds(1) }, bench: null);
        Assert.Equal((CompletenessState.Incomplete, true), (run.State, run.HasGap));
        _world.Server.Options.JobDuration = TimeSpan.Zero;
        run = await _world.RunAsync();
        Assert.Equal((CompletenessState.Complete, 300), (run.State, run.Events));
        AssertEachOnce();
    }

    [Fact]
    public async Task A_run_that_is_stopped_between_two_steps_is_not_complete()
    {
        _world.ArriveAgo(TimeSpan.FromMinutes(50));
        _world.ArriveAgo(TimeSpan.FromMinutes(10));
        var (time, limit) = (new LeapingTimeProvider(ordinary: TimeSpan.FromHours(2)), TimeSpan.FromHours(1));
        using var bench = new TestBench(_world.Server, o => o with { Time = time });
        Task<ScheduledExportResult> StopAsync(string moment) => _world.RunAsync(
            settings: s => s with { StopAfter = limit, MaxStep = TimeSpan.FromMinutes(30) }, bench: bench, changed: change =>
            {
                if (change == moment)
                    time.Leap(limit);
            });
        var run = await StopAsync("committed");
        Assert.Equal((CompletenessState.Incomplete, true, 1), (run.State, run.HasGap, run.Events));
        Assert.Equal("the run was stopped after 1h, the time given by -StopAfter (--stop-after)", run.Reason);
        // The time is over after the last step.
        run = await StopAsync("committed");
        Assert.Equal((CompletenessState.Complete, false, 1), (run.State, run.HasGap, run.Events));
        AssertEachOnce();
    }

    [Fact]
    public async Task A_run_that_begins_when_the_time_of_its_command_is_over_exports_nothing_and_the_next_one_does()
    {
        _world.ArriveAgo(TimeSpan.FromMinutes(30));
        var limit = TimeSpan.FromHours(1);
        var run = await _world.RunAsync(settings: s => s with { StopAfter = limit, UsedBefore = limit });
        Assert.Equal((0, true), (run.Events, run.HasGap));
        Assert.Equal("the run was stopped after 1h, the time given by -StopAfter (--stop-after)", run.Reason);
        run = await _world.RunAsync(settings: s => s with { StopAfter = limit, UsedBefore = TimeSpan.FromMinutes(30) });
        Assert.Equal((CompletenessState.Complete, 1), (run.State, run.Events));
        AssertEachOnce();
    }

    [Fact]
    public async Task A_longer_look_back_does_not_export_older_events_again()
    {
        _world.ArriveAgo(TimeSpan.FromMinutes(50));
        await _world.RunAsync(settings: s => s with { Lookback = TimeSpan.FromMinutes(10) });
        _world.Wait(TimeSpan.FromMinutes(10));
        var run = await _world.RunAsync(settings: s => s with { Lookback = TimeSpan.FromHours(5) });
        Assert.Equal((0, 0), (run.Events, run.TooLate));
        AssertEachOnce();
    }

    [Fact]
    public async Task The_watermark_file_can_be_read_by_its_owner_only_and_a_damaged_one_is_refused()
    {
        await _world.RunAsync();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_world.State));
        await File.WriteAllTextAsync(_world.State, (await File.ReadAllTextAsync(_world.State))[..^20]);
        var e = await Assert.ThrowsAsync<ExportException>(() => _world.RunAsync());
        Assert.Equal(ExportErrorKind.Damaged, e.Kind);
    }

    [Theory]
    [InlineData("first", -9e18)]
    [InlineData("position", 9e18)]
    [InlineData("knownFrom", -9e18)]
    [InlineData("latestNow", 9e18)]
    [InlineData("readAt", -9e18)]
    [InlineData("comparedAll", 9e18)]
    public async Task A_watermark_file_with_a_time_outside_the_calendar_is_refused(string name, double time)
    {
        _world.Own = _world.Clock;
        _world.ArriveAgo(TimeSpan.FromMinutes(30));
        await _world.RunAsync();
        var state = JsonNode.Parse(await File.ReadAllBytesAsync(_world.State))!;
        Assert.NotNull(state[name]);
        state[name] = (long)time;
        await File.WriteAllTextAsync(_world.State, state.ToJsonString());
        _world.Wait(TimeSpan.FromMinutes(10));
        var e = await Assert.ThrowsAsync<ExportException>(() => _world.RunAsync());
        Assert.Equal(ExportErrorKind.Damaged, e.Kind);
        Assert.Contains("before the year 1 or after the year 9999", e.Message, StringComparison.Ordinal);
    }

    private void AssertEachOnce()
    {
        Assert.Equal(_world.Arrived.Select(e => e.Id).Order(StringComparer.Ordinal), _world.Exported().Order(StringComparer.Ordinal));
        _world.AssertValid();
    }
}
