using LogScalePaging.Export.Schedules;

namespace LogScalePaging.Core.Tests.Export.Schedules;

public sealed class WatchedHourTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void Events_are_counted_in_the_hour_of_their_time()
    {
        var hours = WatchedHour.Until([], Hour / 2, Hour * 3 / 2, At(Hour / 2, Hour - 1, Hour, (Hour * 3 / 2) - 1));
        Assert.Equal(new[] { new WatchedHour(Hour / 2, 2), new WatchedHour(Hour, 2) }, hours);
        hours = WatchedHour.Until(hours, Hour / 2, Hour * 3, At(Hour * 2));
        Assert.Equal(new[] { new WatchedHour(Hour / 2, 2), new WatchedHour(Hour, 2), new WatchedHour(2 * Hour, 1) }, hours);
    }

    [Fact]
    public void Hours_older_than_a_week_are_not_watched()
    {
        var hours = WatchedHour.Until([new WatchedHour(0, 5), new WatchedHour(Hour, 7)], 0, 169 * Hour, At(Hour / 2));
        Assert.Equal((168, new WatchedHour(Hour, 7)), (hours.Count, hours[0]));
    }

    [Fact]
    public void Nothing_is_watched_before_the_schedule_begins() => Assert.Empty(WatchedHour.Until([], 100, 100, At(50)));

    private static IEnumerable<KeyValuePair<long, long>> At(params long[] times) => times.Select(t => new KeyValuePair<long, long>(t, 1));
}
