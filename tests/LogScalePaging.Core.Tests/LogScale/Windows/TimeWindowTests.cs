using LogScalePaging.Search.Windows;

namespace LogScalePaging.Core.Tests.LogScale.Windows;

public sealed class TimeWindowTests
{
    [Theory]
    // A window inside the range: its start belongs to it, its end to the next one.
    [InlineData(99, false, false, false)]
    [InlineData(100, false, false, true)]
    [InlineData(199, false, false, true)]
    [InlineData(200, false, false, false)]
    // At the ends of the range there is no neighbour: a row from outside the range is kept, as in every other strategy.
    [InlineData(99, true, false, true)]
    [InlineData(200, true, false, false)]
    [InlineData(200, false, true, true)]
    [InlineData(500, false, true, true)]
    [InlineData(99, false, true, false)]
    public void A_row_belongs_to_a_window_by_its_time(long time, bool isOldest, bool isNewest, bool owns) =>
        Assert.Equal(owns, new TimeWindow(100, 200, null, isNewest) { IsOldest = isOldest }.Owns(time));

    [Fact]
    public void Every_row_belongs_to_a_range_that_one_job_reads()
    {
        var whole = new TimeWindow(100, 200) { IsWhole = true };
        Assert.True(whole.Owns(99) && whole.Owns(200));
    }
}
