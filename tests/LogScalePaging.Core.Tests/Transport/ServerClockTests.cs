using System.Globalization;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Transport;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class ServerClockTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void It_is_this_machines_clock_until_the_first_answer()
    {
        var clock = new ServerClock(_time);
        Assert.False(clock.IsKnown);
        Assert.Equal(_time.GetUtcNow(), clock.Now);
    }

    [Theory]
    [InlineData(-3600.37)]
    [InlineData(0.2)]
    [InlineData(95.9)]
    public void Several_answers_in_whole_seconds_give_a_more_exact_time(double skew)
    {
        var clock = new ServerClock(_time);
        for (var i = 0; i < 40; i++)
        {
            Answer(clock, TimeSpan.FromSeconds(skew));
            _time.Advance(TimeSpan.FromMilliseconds(173));
        }
        Assert.True(clock.IsKnown);
        Assert.InRange(clock.Skew.TotalSeconds, skew - 0.05, skew + 0.05);
    }

    [Fact]
    public void A_clock_that_was_set_is_believed_at_once()
    {
        var clock = new ServerClock(_time);
        Answer(clock, TimeSpan.Zero);
        Answer(clock, TimeSpan.FromHours(2));
        Assert.InRange(clock.Skew.TotalSeconds, 7199, 7201);
    }

    [Fact]
    public async Task Answers_of_a_connection_feed_it()
    {
        using var rig = new Rig(Replies.Json("{}", $"Date: {_time.GetUtcNow().AddMinutes(7).ToString("r", CultureInfo.InvariantCulture)}"));
        await rig.GetAsync();
        Assert.InRange(rig.Transport.Server.Skew.TotalMinutes, 6.9, 7.1);
    }

    // An answer that took 20 ms, stamped with the server's second half way.
    private void Answer(ServerClock clock, TimeSpan skew)
    {
        var sent = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMilliseconds(10));
        var exact = _time.GetUtcNow() + skew;
        _time.Advance(TimeSpan.FromMilliseconds(10));
        clock.Observe(new DateTimeOffset(exact.Ticks - (exact.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero), sent, _time.GetUtcNow());
    }
}
