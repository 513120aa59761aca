using LogScalePaging.Export.Reports;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>The histogram of an export: round bars, gaps, and ranges at the limits of numbers.</summary>
public class TimeBinsTests
{
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData(24 * Hour, 50, Hour / 2)]
    [InlineData(24 * Hour, 70, Hour / 2)]
    [InlineData(24 * Hour, 100, Hour / 4)]
    [InlineData(59_999, 61, 1_000)]
    [InlineData(400 * 24 * Hour, 40, 14 * 24 * Hour)]
    public void ABarIsARoundTime(long span, int most, long step)
    {
        foreach (var unit in new[] { 1, 1_000_000 })
        {
            var start = 1_700_000_012_345 * unit;
            var bins = new TimeBins(start, start + (span * unit), most, unit);
            Assert.Equal((ulong)(step * unit), bins.Step);
            Assert.InRange(bins.Counts.Length, 1, most);
            Assert.True(bins.StartOf(0) <= start && start < bins.StartOf(0) + (long)bins.Step);
            Assert.Equal(0, bins.StartOf(0) % (long)bins.Step);
        }
    }

    [Theory]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(long.MinValue, long.MinValue)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(-5, 5)]
    [InlineData(long.MinValue, 0)]
    [InlineData(0, long.MaxValue)]
    [InlineData(long.MinValue + 1, long.MinValue + 2)]
    public void AnyRange_FitsIntoTheBars(long start, long end)
    {
        foreach (var most in new[] { 29, 40, 200 })
        {
            var bins = new TimeBins(start, end, most, 1);
            Assert.InRange(bins.Counts.Length, 1, most);
            foreach (var time in new[] { start, end, unchecked((long)((ulong)start + (((ulong)end - (ulong)start) / 2))) })
                bins.Add(time);
            Assert.Equal((3, 3, 0), (bins.Inside, bins.Counts.Sum(), bins.Outside));
            Assert.Equal(bins.Counts.Length - 1, bins.BarOf(end));
            _ = bins.Gaps().ToArray();
        }
    }

    [Fact]
    public void RecordsAreCountedWhereTheyAre_InAnyOrder()
    {
        var bins = new TimeBins(0, 10 * Hour, 12, 1);
        Assert.Equal((ulong)Hour, bins.Step);
        foreach (var time in new long?[] { 9 * Hour, 0, 1, 10 * Hour, null, -1, (10 * Hour) + 1, 3 * Hour })
            bins.Add(time);
        Assert.Equal((5, 2, 1), (bins.Inside, bins.Outside, bins.WithoutTime));
        Assert.Equal(5, bins.Counts.Sum());
        Assert.Equal(2, bins.Counts[0]);
    }

    [Fact]
    public void AGap_HasTheTimesOfTheRecordsAroundIt()
    {
        var bins = new TimeBins(0, 20 * Hour, 22, 1);
        Assert.Equal((ulong)Hour, bins.Step);
        foreach (var time in new[] { (5 * Hour) + 7, 5 * Hour, 9 * Hour, (9 * Hour) + (Hour / 2), 20 * Hour })
            bins.Add(time);
        Assert.Equal([new(0, 5 * Hour), new((5 * Hour) + 7, 9 * Hour), new((9 * Hour) + (Hour / 2), 20 * Hour)], bins.Gaps());
        Assert.Empty(new TimeBins(0, Hour, 40, 1).Gaps());
    }

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(250, "250 ms")]
    [InlineData(5_000, "5 s")]
    [InlineData(1_500, "1.5 s")]
    [InlineData(15 * 60_000, "15 min")]
    [InlineData((3 * Hour) + (20 * 60_000), "3 h 20 min")]
    [InlineData((26 * Hour) + 5, "1 d 2 h")]
    [InlineData(7 * 24 * Hour, "7 d")]
    public void ALength_IsWrittenForPeople(long milliseconds, string expected)
    {
        Assert.Equal(expected, TimeStep.Text((ulong)milliseconds, 1));
        Assert.Equal(expected, TimeStep.Text((ulong)milliseconds * 1_000_000, 1_000_000));
    }
}
