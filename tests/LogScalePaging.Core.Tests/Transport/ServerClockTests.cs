using LogScalePaging.Transport.Http;

namespace LogScalePaging.Core.Tests.Transport;

/// <summary>The server's clock compared with this machine's.</summary>
public class ServerClockTests
{
    private static readonly DateTimeOffset s_time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0, 500, 500)]
    [InlineData(0, 200, 400, 600)]
    [InlineData(10, 0, 10_500, 500)]
    [InlineData(-3_600, 100, -3_599_550, 550)]
    public void TheOffsetIsTheMiddleOfWhatIsPossible(int ahead, int trip, int offset, int uncertainty)
    {
        var clock = new ServerClock();
        clock.Observe(s_time.AddSeconds(ahead), s_time, s_time.AddMilliseconds(trip));
        Assert.Equal((offset, uncertainty), (clock.Best!.Offset.TotalMilliseconds, clock.Best.Uncertainty.TotalMilliseconds));
    }

    [Fact]
    public void TheMostExactComparisonIsKept()
    {
        var clock = new ServerClock();
        Assert.Null(clock.Best);
        clock.Observe(null, s_time, s_time);
        clock.Observe(s_time, s_time, s_time.AddSeconds(-1));
        Assert.Null(clock.Best);
        clock.Observe(s_time, s_time, s_time.AddSeconds(1));
        clock.Observe(s_time.AddSeconds(1), s_time, s_time.AddSeconds(0.1));
        clock.Observe(s_time.AddSeconds(2), s_time, s_time.AddSeconds(2));
        Assert.Equal(s_time.AddSeconds(1), clock.Best!.Date);
    }
}
