using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class RateLimitTests
{
    // The manual clock stands at 2025-06-01T12:00:00Z, epoch 1748779200; the answer's own clock, when it has one, a minute before.
    private const string ServerDate = "Date: Sun, 01 Jun 2025 11:59:00 GMT";

    [Theory]
    [InlineData(7, "Retry-After: 7")]
    [InlineData(1.5, "Retry-After: 1.5")]
    [InlineData(0, "Retry-After: -5")]
    [InlineData(300, "Retry-After: 99999999999999999999")]
    [InlineData(20, "Retry-After: Sun, 01 Jun 2025 12:00:20 GMT")]
    [InlineData(80, "Retry-After: Sun, 01 Jun 2025 12:00:20 GMT", ServerDate)]
    [InlineData(0, "Retry-After: Sun, 01 Jun 2025 10:00:00 GMT")]
    [InlineData(300, "Retry-After: Wed, 01 Jan 2098 00:00:00 GMT")]
    [InlineData(12, "X-RateLimit-RetryAfter: 1748779212")]
    [InlineData(72, "X-RateLimit-RetryAfter: 1748779212", ServerDate)]
    [InlineData(12.5, "X-RateLimit-RetryAfter: 1748779212500")]
    [InlineData(0, "X-RateLimit-RetryAfter: 1748770000")]
    [InlineData(0, "X-RateLimit-RetryAfter: -3")]
    [InlineData(300, "X-RateLimit-RetryAfter: 99999999999999")]
    [InlineData(9, "X-RateLimit-RetryAfter: 9")]
    [InlineData(3, "Retry-After: 3", "X-RateLimit-RetryAfter: 1748779212")]
    [InlineData(15, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1748779215")]
    [InlineData(25, "X-RateLimit-Remaining: 9", "X-QueryLimit-Remaining: 0", "X-QueryLimit-Reset: 1748779225")]
    [InlineData(25, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1748779215", "X-QueryLimit-Remaining: 0",
        "X-QueryLimit-Reset: 1748779225")]
    public async Task The_requested_wait_is_respected_in_each_form(double seconds, params string[] headers)
    {
        using var rig = new Rig(Replies.Status(429, headers), Replies.Json("{}"));
        var before = rig.Time.GetUtcNow();
        await rig.GetAsync();
        Assert.Contains("RateLimited", rig.Signals[1].Kind.ToString() + rig.Signals[0].Kind, StringComparison.Ordinal);
        // The governor holds all back just as long and ends with the call's own wait, but for the spacing after a refusal.
        Assert.InRange((rig.Time.GetUtcNow() - before).TotalSeconds, seconds, seconds + 0.05);
    }

    [Theory]
    [InlineData("Retry-After: soon")]
    [InlineData("Retry-After: ")]
    [InlineData("X-RateLimit-RetryAfter: NaN")]
    public async Task Invalid_headers_are_ignored(string header)
    {
        using var rig = new Rig(Replies.Status(429, header), Replies.Json("{}"));
        await rig.GetAsync();
        Assert.InRange(rig.Time.Skipped[0].TotalSeconds, 0, 0.25);
    }

    [Theory]
    [InlineData(0, "Retry-After: 30")]
    [InlineData(1, "Retry-After: 31")]
    [InlineData(1, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1748779260")]
    public async Task A_stall_of_more_than_30_s_is_a_warning(int warnings, params string[] headers)
    {
        using var rig = new Rig(Replies.Status(429, headers), Replies.Json("{}"));
        await rig.GetAsync();
        Assert.Equal(warnings, rig.Signals.Count(s => s is { Kind: SignalKind.RateLimited, Level: SignalLevel.Warning }));
        Assert.Single(rig.Signals, s => s.Kind == SignalKind.RateLimited);
    }

    [Fact]
    public async Task A_stall_gives_one_warning_for_any_number_of_refusals()
    {
        using var rig = new Rig(
            Replies.Status(429, "Retry-After: 20"), Replies.Status(429, "Retry-After: 20"), Replies.Status(429, "Retry-After: 60"),
            Replies.Json("{}"),
            Replies.Status(429, "Retry-After: 60"), Replies.Json("{}"));
        await rig.GetAsync();
        var warned = rig.Signals.Where(s => s is { Kind: SignalKind.RateLimited, Level: SignalLevel.Warning }).ToList();
        // The second refusal makes it longer than 30 s.
        Assert.Contains("wait for 20 s, until 12:00:40 UTC", Assert.Single(warned).Message, StringComparison.Ordinal);
        await rig.GetAsync();
        Assert.Equal(2, rig.Signals.Count(s => s is { Kind: SignalKind.RateLimited, Level: SignalLevel.Warning }));
    }

    [Fact]
    public async Task An_allowance_that_is_used_up_for_long_is_a_warning()
    {
        using var rig = new Rig(Replies.Json("{}", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1748779260"), Replies.Json("{}"));
        await rig.GetAsync();
        await rig.GetAsync();
        Assert.Single(rig.Signals, s => s is { Kind: SignalKind.RateLimited, Level: SignalLevel.Warning });
    }

    [Fact]
    public async Task One_refusal_holds_back_all_workers()
    {
        using var rig = new Rig(new ScriptedServer(Replies.Status(429, "Retry-After: 60")) { Otherwise = Replies.Json("{}") },
            skipWaits: false);
        var first = rig.GetAsync("first");
        await rig.Time.ArmedAsync(TimeSpan.FromSeconds(60)).WaitAsync(Rig.Guard);
        Assert.InRange(rig.Transport.Governor.QuietLeft.TotalSeconds, 59, 60);
        var others = Enumerable.Range(0, 5).Select(i => rig.GetAsync($"other/{i}")).ToList();
        rig.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(rig.Server.Requests);
        rig.Time.SkipUpTo = TimeSpan.FromSeconds(1);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll([first, .. others]).WaitAsync(Rig.Guard);
        Assert.Equal(7, rig.Server.Requests.Count);
        Assert.Equal(1, rig.Signals.Count(s => s.Kind == SignalKind.RateLimited));
    }

    [Fact]
    public async Task The_number_of_running_requests_is_limited()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Json("{}") }, o => o with { ThrottleLimit = 3 });
        var (now, most, gate) = (0, 0, new object());
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => rig.Transport.SendAsync(
            new ApiRequest(HttpMethod.Get, "x"),
            async (answer, stop) =>
            {
                lock (gate)
                    most = Math.Max(most, ++now);
                await Task.Yield();
                await Rig.ReadAllAsync(answer, stop);
                lock (gate)
                    now--;
                return 0;
            },
            CancellationToken.None))).WaitAsync(Rig.Guard);
        Assert.InRange(most, 1, 3);
        Assert.Equal(0, rig.Transport.Governor.UnderWay);
    }

    [Fact]
    public async Task It_slows_down_as_the_allowance_shrinks_and_speeds_up_afterwards()
    {
        var time = new ManualTimeProvider { SkipUpTo = TimeSpan.FromMinutes(1) };
        var governor = new RateGovernor(2, time);
        Assert.Equal(0, await SpanAsync(governor, time, remaining: 11));
        Assert.Equal(50, await SpanAsync(governor, time, remaining: 10));
        Assert.Equal(550, await SpanAsync(governor, time, remaining: 0));
        Assert.Equal(550, await SpanAsync(governor, time, remaining: -4));
        Assert.Equal(0, await SpanAsync(governor, time, remaining: 6000));
    }

    [Fact]
    public void A_single_503_without_a_wait_pauses_no_worker_but_a_second_one_does()
    {
        var governor = new RateGovernor(2, new ManualTimeProvider());
        Assert.Null(governor.Observe(503, null));
        Assert.NotNull(governor.Observe(503, null));
        Assert.Null(governor.Observe(200, null));
        Assert.Null(governor.Observe(503, null));
        Assert.NotNull(governor.Observe(429, null));
        Assert.Equal(TimeSpan.FromSeconds(9), governor.Observe(503, new RateLimit(null, null, TimeSpan.FromSeconds(9))));
    }

    [Fact]
    public void With_many_workers_low_comes_sooner()
    {
        var time = new ManualTimeProvider();
        var governor = new RateGovernor(64, time);
        governor.Observe(200, new RateLimit(6000, 64, null));
        Assert.True(governor.EnterAsync(CancellationToken.None).IsCompletedSuccessfully);
        Assert.False(governor.EnterAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public void An_empty_allowance_with_a_known_end_is_waited_out()
    {
        var governor = new RateGovernor(2, new ManualTimeProvider());
        Assert.Equal(TimeSpan.FromSeconds(5), governor.Observe(200, new RateLimit(100, 0, TimeSpan.FromSeconds(5))));
        Assert.Equal(TimeSpan.FromSeconds(5), governor.QuietLeft);
    }

    // How long the second of two requests waited for the first's start, in milliseconds.
    private static async Task<double> SpanAsync(RateGovernor governor, ManualTimeProvider time, long remaining)
    {
        time.Advance(TimeSpan.FromSeconds(5));
        governor.Observe(200, new RateLimit(6000, remaining, null));
        var start = time.GetTimestamp();
        await governor.EnterAsync(CancellationToken.None);
        await governor.EnterAsync(CancellationToken.None);
        governor.Exit();
        governor.Exit();
        return time.GetElapsedTime(start).TotalMilliseconds;
    }
}
