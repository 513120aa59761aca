using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class RequestBudgetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(600)]
    [InlineData(1_500)]
    public void No_minute_has_more_requests(int requests)
    {
        var budget = new RequestBudget(requests, null, _ => { });
        var starts = new List<TimeSpan>();
        for (var now = TimeSpan.FromSeconds(7); now < TimeSpan.FromMinutes(4);)
        {
            var wait = budget.Take(now);
            if (wait == TimeSpan.Zero)
                starts.Add(now);
            now += wait;
        }
        for (var i = 0; i + requests < starts.Count; i++)
            Assert.True(starts[i + requests] - starts[i] >= TimeSpan.FromMinutes(1), $"{starts[i]}");
        // It is not much slower than allowed.
        Assert.True(starts.Count >= requests * 3, $"{starts.Count}");
    }

    [Fact]
    public void Time_without_requests_is_not_saved_up()
    {
        var budget = new RequestBudget(60, null, _ => { });
        Assert.Equal(TimeSpan.Zero, budget.Take(TimeSpan.FromHours(1)));
        Assert.True(budget.Take(TimeSpan.FromHours(1)) > TimeSpan.FromMilliseconds(900));
    }

    [Fact]
    public async Task A_governor_keeps_to_the_smallest_limit_until_its_run_ends()
    {
        var time = new ManualTimeProvider();
        var governor = new RateGovernor(8, time);
        var wide = governor.LimitMinute(6_000);
        var narrow = governor.LimitMinute(60);
        await governor.EnterAsync(default);
        Assert.False(governor.EnterAsync(default).IsCompleted);
        narrow.Dispose();
        time.Advance(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 5; i++)
            Assert.True(governor.EnterAsync(default).IsCompleted);
        wide.Dispose();
        Assert.Throws<ArgumentOutOfRangeException>(() => governor.LimitMinute(0));
    }
}
