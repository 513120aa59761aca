using LogScalePaging.Core.Tests.Support;
using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class JobProgressLimitTests
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void The_time_counts_from_the_last_growth()
    {
        var limit = Limit(60);
        Pass(50);
        Assert.Equal(s_wait, limit.Shorten(Answer(1), s_wait));
        Pass(50);
        Assert.Equal(s_wait, limit.Shorten(Answer(2), s_wait));
        Pass(50);
        Assert.Equal(TimeSpan.FromSeconds(10), limit.Shorten(Answer(2), s_wait));
        Pass(10);
        var failure = Assert.Throws<JobLostException>(() => limit.Shorten(Answer(2), s_wait));
        Assert.True(failure.TimedOut);
        Assert.Contains("no progress for 60 s (2 of 10 units of work are done)", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(null)]
    public void Work_that_never_begins_counts_from_the_creation(int? done)
    {
        var limit = Limit(60);
        Pass(59);
        Assert.Equal(TimeSpan.FromSeconds(1), limit.Shorten(Answer(done), s_wait));
        Pass(1);
        Assert.Throws<JobLostException>(() => limit.Shorten(Answer(done), s_wait));
    }

    [Fact]
    public void Work_that_shrinks_and_grows_again_is_not_progress()
    {
        var limit = Limit(60);
        limit.Shorten(Answer(5), s_wait);
        Pass(40);
        limit.Shorten(Answer(3), s_wait);
        Pass(15);
        Assert.Equal(TimeSpan.FromSeconds(5), limit.Shorten(Answer(5), s_wait));
        Pass(5);
        Assert.Throws<JobLostException>(() => limit.Shorten(Answer(4), s_wait));
    }

    [Fact]
    public void Without_a_limit_it_may_take_for_ever()
    {
        var limit = new JobProgressLimit("job", Timeout.InfiniteTimeSpan, _time);
        Pass(1_000_000);
        Assert.Equal(s_wait, limit.Shorten(Answer(0), s_wait));
    }

    private static QueryResult Answer(int? done) => new() { Metadata = new QueryMetadata { WorkDone = done, TotalWork = 10 } };

    private JobProgressLimit Limit(int seconds) => new("job", TimeSpan.FromSeconds(seconds), _time);

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
