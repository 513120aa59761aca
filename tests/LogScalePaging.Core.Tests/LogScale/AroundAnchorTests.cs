using LogScalePaging.Common;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class AroundAnchorTests
{
    private static readonly ManualTimeProvider s_time = new();
    private static readonly long s_now = s_time.GetUtcNow().ToUnixTimeMilliseconds();

    [Theory]
    [InlineData(24 * 60, 15)]
    [InlineData(16, 15)]
    [InlineData(5, null)]
    public void Without_a_range_the_event_is_in_the_middle(int minutesAgo, int? minutesAfter)
    {
        var anchor = Anchor(minutesAgo);
        var (start, end) = anchor.Range(null, null, s_time);
        Assert.Equal(QueryTime.At(anchor.Timestamp - (15 * 60_000)), start);
        Assert.Equal(minutesAfter is { } after ? QueryTime.At(anchor.Timestamp + (after * 60_000)) : QueryTime.Now, end);
    }

    [Theory]
    [InlineData("7d", null)]
    [InlineData("7d", "now")]
    [InlineData("25h", "23h")]
    [InlineData(null, "23h")]
    [InlineData("1d@d", null)]
    public void A_given_end_that_holds_the_event_is_kept(string? start, string? end)
    {
        var (from, to) = Anchor(24 * 60).Range(Time(start), Time(end), s_time);
        Assert.Equal(Time(start) ?? from, from);
        Assert.Equal(Time(end) ?? to, to);
        Assert.NotNull(from);
        Assert.NotNull(to);
    }

    [Theory]
    [InlineData("1h", null)]
    [InlineData("1h", "now")]
    [InlineData("7d", "2d")]
    [InlineData(null, "2d")]
    [InlineData("2026-05-01T00:00:00Z", null)]
    public void A_given_range_without_the_event_is_refused(string? start, string? end)
    {
        var anchor = Anchor(24 * 60);
        var message = Assert.Throws<ArgumentException>(() => anchor.Range(Time(start), Time(end), s_time)).Message;
        Assert.Contains(UtcTime.Iso(anchor.Timestamp), message, StringComparison.Ordinal);
    }

    private static AroundAnchor Anchor(int minutesAgo) => new("id", s_now - (minutesAgo * 60_000L), Before: 1, After: 1);

    private static QueryTime? Time(string? text) => text is null ? null : QueryTime.Parse(text);
}
