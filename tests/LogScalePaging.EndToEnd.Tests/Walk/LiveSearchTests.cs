using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>
/// Following new events. The server's clock and its events move only when the test says so, and so does the wait between two polls.
/// </summary>
public sealed class LiveSearchTests : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider _clock = new();
    private readonly LeapingTimeProvider _time = new(ordinary: TimeSpan.FromMinutes(10));
    private readonly LogScaleSimulator _server;
    private readonly TestBench _bench;
    private readonly List<(long Time, string Text)> _emitted = [];
    private readonly List<int> _polls = [];

    public LiveSearchTests()
    {
        _server = LogScaleSimulator.Start(
            new SimulatorOptions { EventCount = 0, EventsPerMinute = 1_200, TimeProvider = _clock, Now = _clock.GetUtcNow() });
        _bench = new TestBench(_server, o => o with { Time = _time, MaxRetryCount = 0 });
    }

    public void Dispose()
    {
        _bench.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Each_event_comes_once_and_in_order_also_more_than_a_buffer_for_each_poll()
    {
        Advance(30);
        var begin = Now;
        var verdict = await FollowAsync(polls: 5, between: _ => Advance(47));
        AssertAll(begin);
        Assert.Equal((CompletenessState.Complete, (long)_emitted.Count), (verdict.State, verdict.Received));
        Assert.Equal(0, _polls[0]);
        Assert.All(_polls.Skip(1), count => Assert.True(count > 900, $"{count} events"));
        Assert.Equal(_emitted.Select(e => e.Time).Order(), _emitted.Select(e => e.Time));
    }

    [Fact]
    public async Task Events_since_a_start_come_first()
    {
        Advance(300);
        var begin = Now - 120_000;
        var verdict = await FollowAsync(polls: 3, between: _ => Advance(10),
            spec: Spec(fromNow: false) with { Start = QueryTime.Parse("2m") });
        AssertAll(begin);
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.InRange(_polls[0], 2_350, 2_450);
    }

    [Fact]
    public async Task An_event_that_arrives_late_comes_with_the_next_poll_once()
    {
        Advance(120);
        long late = 0;
        await FollowAsync(polls: 5, between: poll =>
        {
            if (poll == 1)
                _server.Events.Add([TestBench.Event(1, late = Now - 25_000)]);
            Advance(10);
        });
        Assert.Single(_emitted, e => e.Text.Contains("\"e1_0_7_", StringComparison.Ordinal));
        Assert.Contains(_emitted, e => e.Time == late);
    }

    [Fact]
    public async Task A_server_that_is_gone_for_some_polls_loses_no_event_and_repeats_none()
    {
        Advance(60);
        var begin = Now;
        var warned = new List<string>();
        _bench.Signals.Emitted += signal =>
        {
            lock (warned)
            {
                if (signal.Level == SignalLevel.Warning)
                    warned.Add(signal.Message);
            }
        };
        var verdict = await FollowAsync(polls: 8, between: poll =>
        {
            Advance(20);
            _server.Faults.Clear();
            if (poll is 2 or 3 or 4)
                _server.Faults.Add(Fault.Status(500, "gone"), times: int.MaxValue);
        });
        AssertAll(begin);
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Contains("a poll of the live search failed, and is repeated", Assert.Single(warned), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_died_is_created_again()
    {
        Advance(60);
        var begin = Now;
        await FollowAsync(polls: 4, between: _ =>
        {
            Advance(20);
            _server.Faults.Clear();
            _server.Faults.Add(Fault.Of(FaultKind.ExpireJob), RequestKind.Poll);
        });
        AssertAll(begin);
        Assert.True(_bench.Signals.CountOf(SignalKind.JobRecreated) > 1);
    }

    [Fact]
    public async Task The_last_poll_begins_after_the_limit_of_time()
    {
        Advance(60);
        var begin = Now;
        var spec = Spec() with { Live = new LiveOptions(s_interval) { Limit = s_interval * 2.5, FromNow = true } };
        var verdict = await FollowAsync(polls: int.MaxValue, between: _ => Advance(20), spec);
        AssertAll(begin);
        // Without a limit of time, the polls would not end.
        Assert.Equal(4, _polls.Count);
        Assert.Equal("the count agreed in 4 polls", verdict.Reason);
    }

    [Fact]
    public async Task It_ends_with_the_limit_of_events()
    {
        Advance(60);
        var begin = Now;
        var verdict = await FollowAsync(polls: int.MaxValue, between: _ => Advance(30), Spec() with { MaxEvents = 700 });
        Assert.Equal(700, _emitted.Count);
        Assert.Equal(Expected(begin).Take(700), _emitted.Select(e => e.Text));
        Assert.Equal(700, verdict.Received);
    }

    [Theory]
    [InlineData("groupBy(ComputerName)")]
    [InlineData("* | tail(10)")]
    [InlineData("* | @timestamp := now()")]
    public void A_query_that_cannot_be_evaluated_in_parts_is_refused(string query) =>
        Assert.Contains("cannot be followed",
            Assert.Throws<ArgumentException>(() => _bench.Connection.Open(Spec(query), _bench.Signals)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_query_without_ids_is_refused()
    {
        Advance(60);
        var e = await Assert.ThrowsAsync<PagingException>(() => FollowAsync(2, _ => Advance(5), Spec("* | select([@timestamp])")));
        Assert.Contains("no @id", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, _server.LiveJobCount);
    }

    [Fact]
    public async Task A_wrong_query_or_a_server_that_never_answered_is_an_error()
    {
        _server.Faults.Add(Fault.Status(400, "wrong query"), times: int.MaxValue);
        await Assert.ThrowsAsync<PagingException>(() => FollowAsync(2, _ => Advance(5)));
        _server.Faults.Clear();
        _server.Faults.Add(Fault.Status(500, "gone"), times: int.MaxValue);
        await Assert.ThrowsAsync<PagingException>(() => FollowAsync(2, _ => Advance(5)));
    }

    [Fact]
    public void The_overlap_is_the_ingest_lag_within_limits()
    {
        const long End = 1_800_000_000_000;
        Assert.Equal(End - 600_000, LiveOverlap.Next(End, LogScale.Counting.ChangingPart.Unknown, 0));
        Assert.Equal(End - 5_000, LiveOverlap.Next(End, LogScale.Counting.ChangingPart.Unknown, End - 5_000));
    }

    private long Now => _server.Now.ToUnixTimeMilliseconds();

    private void Advance(int seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    private static SearchSpec Spec(string query = "*", bool fromNow = true) =>
        new(query) { Live = new LiveOptions(s_interval) { FromNow = fromNow } };

    private List<string> Expected(long begin) =>
        [.. _server.Events.Matching("*").Select(text => (Time: TimeOf(text), Text: text)).Where(e => e.Time >= begin && e.Time < Now)
            .OrderBy(e => e.Time).Select(e => e.Text)];

    private void AssertAll(long begin) =>
        Assert.Equal(Expected(begin).Order(StringComparer.Ordinal), _emitted.Select(e => e.Text).Order(StringComparer.Ordinal));

    private static long TimeOf(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("@timestamp").GetInt64();
    }

    // Follows, and calls back before each poll after the first. The reader ends after the last poll.
    private async Task<Completeness> FollowAsync(int polls, Action<int> between, SearchSpec? spec = null)
    {
        await using var search = _bench.Connection.Open(spec ?? Spec(), _bench.Signals);
        using var stop = new CancellationTokenSource();
        var pages = search.PagesAsync(null, stop.Token).GetAsyncEnumerator(stop.Token);
        await using var _ = pages;
        var next = pages.MoveNextAsync().AsTask();
        for (var poll = 1; ; poll++)
        {
            _polls.Add(0);
            var waits = _time.LongTimerStartedAsync();
            while (await Task.WhenAny(next, waits) == next && await next && pages.Current.Info.End is null)
            {
                _polls[^1] += pages.Current.Items.Count;
                _emitted.AddRange(pages.Current.Items.Select(e => (e.Timestamp!.Value, e.ToString())));
                next = pages.MoveNextAsync().AsTask();
            }
            Assert.Equal(0, _server.LiveJobCount);
            if (next.IsCompleted || poll == polls)
                break;
            between(poll);
            _time.Leap(s_interval);
        }
        var verdict = await search.JudgeAsync(default);
        if (!next.IsCompleted)
        {
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        }
        return verdict;
    }
}
