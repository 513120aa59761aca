using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class JobPaceTests
{
    private static readonly TimeSpan s_roundTrip = Milliseconds(20);

    [Fact]
    public void It_learns_the_time_of_an_honest_server_and_keeps_it()
    {
        var pace = new JobPace();
        for (var i = 0; i < 50; i++)
            Run(pace, needed: 100, said: _ => 100);
        Assert.InRange(pace.FirstWait.TotalMilliseconds, 80, 105);
    }

    [Fact]
    public void It_forgets_a_single_slow_job()
    {
        var pace = new JobPace();
        Run(pace, needed: 8_000, said: _ => 8_000);
        for (var i = 0; i < 50; i++)
            Run(pace, needed: 100, said: _ => 100);
        Assert.InRange(pace.FirstWait.TotalMilliseconds, 80, 120);
    }

    [Fact]
    public void A_running_time_that_does_not_stop_does_not_delay_every_job()
    {
        var pace = new JobPace();
        // Done after 50 ms, but the first poll came too early, and the next one a second later.
        var waits = Enumerable.Range(0, 100).Select(_ => Run(pace, needed: 50, said: age => age)).ToList();
        Assert.InRange(waits.Skip(10).Average(), 20, 200);
    }

    [Fact]
    public void No_first_wait_is_longer_than_the_life_of_a_job()
    {
        var pace = new JobPace();
        pace.DoneLater(TimeSpan.Zero, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3));
        Assert.Equal(JobPace.Longest, pace.FirstWait);
    }

    // One job, polled as a runner polls: after the first wait, then every second. Returns how long it took to be found done.
    private static double Run(JobPace pace, double needed, Func<double, double> said)
    {
        var first = pace.FirstWait;
        var age = first.TotalMilliseconds + s_roundTrip.TotalMilliseconds;
        if (age >= needed)
        {
            pace.DoneAtOnce(first, Milliseconds(said(age)), s_roundTrip);
            return age;
        }
        while (age < needed)
            age += 1_000;
        pace.DoneLater(first, Milliseconds(said(age)), Milliseconds(age));
        return age;
    }

    private static TimeSpan Milliseconds(double count) => TimeSpan.FromMilliseconds(count);
}
