using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Tanium;

/// <summary>Each way in which pages of Tanium lose records.</summary>
public sealed class TaniumFaultTests
{
    public static TheoryData<TaniumFaultKind, bool> Repairable
    {
        get
        {
            var data = new TheoryData<TaniumFaultKind, bool>();
            foreach (var kind in Enum.GetValues<TaniumFaultKind>())
            {
                // Tokens in a circle are an error, which is tested apart.
                if (kind == TaniumFaultKind.FirstCursor)
                    continue;
                data.Add(kind, false);
                data.Add(kind, true);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Repairable))]
    public async Task A_fault_of_one_page_is_repaired_at_every_position(TaniumFaultKind kind, bool backward)
    {
        for (var page = 1; page <= 5; page++)
        {
            using var bench = new TaniumBench(95, o => o.PageFaults = [new TaniumFault(kind, page) { Value = 12 }]);
            var (_, ids, verdict) = await bench.WalkAsync(TaniumBench.Request(backward: backward));
            TaniumBench.AssertComplete(95, ids, verdict);
        }
    }

    [Theory]
    [InlineData(TaniumFaultKind.NullCursor, SignalKind.ContinuationMissing)]
    [InlineData(TaniumFaultKind.EmptyCursor, SignalKind.ContinuationMissing)]
    [InlineData(TaniumFaultKind.RepeatedCursor, SignalKind.ContinuationMissing)]
    [InlineData(TaniumFaultKind.ExpiredCursor, SignalKind.ContinuationExpired)]
    [InlineData(TaniumFaultKind.Refreshed, SignalKind.ContinuationExpired)]
    [InlineData(TaniumFaultKind.EarlyEnd, SignalKind.AnswerReread)]
    public async Task A_restart_has_a_name(TaniumFaultKind kind, SignalKind signal)
    {
        using var bench = new TaniumBench(95, o => o.PageFaults = [new TaniumFault(kind, 3)]);
        var (_, ids, verdict) = await bench.WalkAsync();
        TaniumBench.AssertComplete(95, ids, verdict);
        Assert.Single(bench.Told, s => s.Kind == signal && s is { Level: SignalLevel.Warning });
        Assert.All(bench.Pages, r => Assert.DoesNotContain("after: \\\"\\\"", r.Body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TaniumFaultKind.NullCursor)]
    [InlineData(TaniumFaultKind.EmptyCursor)]
    [InlineData(TaniumFaultKind.RepeatedCursor)]
    [InlineData(TaniumFaultKind.FirstCursor)]
    [InlineData(TaniumFaultKind.ErrorsWithoutData)]
    public async Task A_fault_that_stays_is_an_error_that_keeps_what_was_read(TaniumFaultKind kind)
    {
        using var bench = new TaniumBench(95, o => o.PageFaults = [new TaniumFault(kind, 3, int.MaxValue)], retries: 1);
        var error = await Assert.ThrowsAsync<PagingException>(() => bench.WalkAsync());
        Assert.InRange(error.Received, 40, 60);
        Assert.NotNull(error.Checkpoint);
    }

    [Fact]
    public async Task An_end_that_comes_too_early_each_time_is_incomplete()
    {
        using var bench = new TaniumBench(95, o => o.PageFaults = [new TaniumFault(TaniumFaultKind.EarlyEnd, 1, int.MaxValue)]);
        var (_, ids, verdict) = await bench.WalkAsync();
        Assert.Equal((20, CompletenessState.Incomplete, 75L), (ids.Count, verdict.State, verdict.Missing));
    }

    [Fact]
    public async Task Records_that_no_page_lists_are_missing()
    {
        using var bench = new TaniumBench(95, o => o.HiddenRecords = 3);
        var (_, ids, verdict) = await bench.WalkAsync();
        Assert.Equal((95, CompletenessState.Incomplete, 3L), (ids.Count, verdict.State, verdict.Missing));
    }

    [Fact]
    public async Task Empty_pages_without_end_are_an_error()
    {
        using var bench = new TaniumBench(95, o => o.PageFaults = [new TaniumFault(TaniumFaultKind.EmptyPage, 2, int.MaxValue)]);
        var error = await Assert.ThrowsAsync<PagingException>(() => bench.WalkAsync());
        Assert.Equal(PagingErrorKind.TooManyEmptyPages, error.Kind);
    }

    [Theory]
    [InlineData(TaniumFaultKind.ErrorsBesideData, CompletenessState.Unverified, 95)]
    [InlineData(TaniumFaultKind.NullNode, CompletenessState.Incomplete, 94)]
    public async Task Errors_that_stay_beside_the_data_are_in_the_verdict(TaniumFaultKind kind, CompletenessState state, int received)
    {
        // The pages that are read again are all wrong; those after them are not.
        using var bench = new TaniumBench(95, o => o.PageFaults = [new TaniumFault(kind, 2, 3)]);
        var options = bench.Options;
        if (kind == TaniumFaultKind.NullNode)
            options.PageFaults = [new TaniumFault(kind, 1, int.MaxValue)];
        var (_, ids, verdict) = await bench.WalkAsync(kind == TaniumFaultKind.NullNode ? TaniumBench.Request(pageSize: 100) : null);
        Assert.Equal((received, state), (ids.Distinct().Count(), verdict.State));
        Assert.Contains(bench.Told, s => s is { Kind: SignalKind.ServerWarning, Level: SignalLevel.Warning }
            && s.Message.Contains("could not be read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, 200, "cursor is no longer valid")]
    [InlineData(false, 200, "gone")]
    [InlineData(false, 400, "bad request")]
    [InlineData(true, 200, "oops")]
    public async Task A_cursor_that_was_left_longer_than_its_life_sends_the_walk_back(bool hasPath, int status, string message)
    {
        var time = new Support.ShiftedTimeProvider(new Support.FastTimeProvider(20));
        using var bench = new TaniumBench(95, o => (o.ExpiredHasPath, o.ExpiredStatus, o.ExpiredMessage) = (hasPath, status, message),
            time, retries: 2);
        var (_, ids, verdict) = await bench.WalkAsync(afterPage: read =>
        {
            if (read == 40 && time.Shift == TimeSpan.Zero)
                time.Shift = TimeSpan.FromMinutes(5);
        });

        TaniumBench.AssertComplete(95, ids, verdict);
        Assert.Single(bench.Told, s => s.Kind == SignalKind.ContinuationExpired);
    }

    [Fact]
    public async Task A_cursor_that_is_used_within_its_life_stays_good()
    {
        var time = new Support.ShiftedTimeProvider(new Support.FastTimeProvider(1));
        using var bench = new TaniumBench(95, time: time);
        var (_, ids, verdict) = await bench.WalkAsync(afterPage: _ => time.Shift += TimeSpan.FromMinutes(4));

        TaniumBench.AssertComplete(95, ids, verdict);
        Assert.DoesNotContain(bench.Told, s => s.Kind == SignalKind.ContinuationExpired);
    }

    [Fact]
    public async Task A_wait_for_the_server_ends_before_the_cursor_dies()
    {
        var time = new Support.ManualTimeProvider();
        using var bench = new TaniumBench(95, time: time);
        bench.Options.Faults.Add(new FaultRule
        {
            Fault = Fault.TooManyRequests(290),
            When = r =>
            r.Body.Contains("after: ", StringComparison.Ordinal)
        });
        var walk = bench.WalkAsync();
        while (!walk.IsCompleted)
        {
            // The only timer before the timeouts of an hour is that of the wait.
            if (time.HasTimerWithin(TimeSpan.FromMinutes(10)))
                time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        var (_, ids, verdict) = await walk;

        TaniumBench.AssertComplete(95, ids, verdict);
        var refused = bench.Pages.Single(r => r.Status == 429);
        Assert.InRange(bench.Pages.First(r => r.Number > refused.Number).Time - refused.Time, TimeSpan.FromSeconds(200),
            TimeSpan.FromMinutes(4));
        Assert.DoesNotContain(bench.Told, s => s.Kind == SignalKind.ContinuationExpired);
    }

    [Fact]
    public async Task A_cursor_that_dies_during_a_back_off_sends_the_walk_back()
    {
        using var bench = new TaniumBench(95, o => o.PageFaults = [new TaniumFault(TaniumFaultKind.ExpiredCursor, 3)]);
        bench.Options.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(503),
            When = r =>
            r.Body.Contains("after: ", StringComparison.Ordinal)
        });
        var (_, ids, verdict) = await bench.WalkAsync();

        TaniumBench.AssertComplete(95, ids, verdict);
        Assert.Single(bench.Told, s => s.Kind == SignalKind.ContinuationExpired);
    }
}
