using LogScalePaging.LogScale;

namespace LogScalePaging.Core.Tests.LogScale;

/// <summary>The question by ingest time whose answer is known.</summary>
public sealed class ArrivalProbeTests
{
    private const long Start = 1_768_478_400_123;

    // "late" happened before "early" arrived, and arrived long after it.
    private static readonly (string Id, long Time, long Arrived)[] s_events =
        [("late", Start + 100, Start + 90_000), ("early", Start + 200, Start + 700), ("new", Start + 95_000, Start + 95_500)];

    [Fact]
    public void The_range_of_event_times_ends_where_that_of_ingest_times_begins()
    {
        var probe = ArrivalProbe.Choose(s_events, Start)!;
        Assert.Equal(Start, probe.Start);
        Assert.InRange(probe.Since, Start + 701, Start + 95_500);
        Assert.True(probe.Since > Start + 200);
    }

    [Theory]
    [InlineData("late,unknown", true)]
    [InlineData("late", true)]
    [InlineData("", false)]
    [InlineData("early", false)]
    [InlineData("late,early", false)]
    public void An_answer_must_have_the_one_event_and_must_not_have_the_other(string ids, bool fits)
    {
        // Without "new", only "late" can be asked for.
        var probe = ArrivalProbe.Choose([s_events[0], s_events[1]], Start)!;
        Assert.Equal(fits, probe.Fits(ids.Split(',')));
    }

    [Fact]
    public void Events_that_arrive_at_once_show_nothing()
    {
        Assert.Null(ArrivalProbe.Choose([], Start));
        Assert.Null(ArrivalProbe.Choose([("a", Start, Start), ("b", Start + 500, Start + 500)], Start));
        // All of them arrived late, so none could show that it does not come.
        Assert.Null(ArrivalProbe.Choose([("a", Start, Start + 900), ("b", Start + 1, Start + 900)], Start));
    }

    [Fact]
    public void Events_before_the_start_show_nothing() =>
        Assert.Null(ArrivalProbe.Choose([s_events[0], s_events[1]], Start + 150));

    [Fact]
    public void Ingest_times_in_whole_seconds_need_events_that_are_seconds_apart()
    {
        const long Second = 1_768_478_400_000;
        Assert.Null(ArrivalProbe.Choose([("late", Second + 100, Second + 1_000), ("early", Second + 50, Second)], Second));
        var probe = ArrivalProbe.Choose([("late", Second + 100, Second + 9_000), ("early", Second + 50, Second)], Second)!;
        Assert.Equal(Second + 8_000, probe.Since);
    }
}
