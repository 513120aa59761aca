using LogScalePaging.Export.Schedules;

namespace LogScalePaging.Core.Tests.Export.Schedules;

public sealed class SeenRowsTests
{
    private static readonly SeenRow s_a = new(1_000, 1, 2);
    private static readonly SeenRow s_b = new(1_000, 3, 4);
    private static readonly SeenRow s_c = new(2_000, 5, ulong.MaxValue);

    [Fact]
    public void As_many_equal_rows_are_known_as_there_were()
    {
        var isKnown = new SeenRows([s_a, s_b, s_a]).Begin();
        Assert.Equal(new[] { true, true, false, true, false, false }, new[] { s_a, s_a, s_a, s_b, s_b, s_c }.Select(isKnown));
    }

    [Fact]
    public void The_time_of_a_row_does_not_matter_for_the_test() => Assert.True(new SeenRows([s_a]).Begin()(s_a with { Time = 5 }));

    [Fact]
    public void Rows_survive_as_text()
    {
        var negative = new SeenRow(-5, 7, 8);
        var rows = SeenRows.Parse(new SeenRows([s_c, s_a, negative, s_b, s_a]).ToText());
        Assert.Equal(5, rows.Count);
        Assert.Equal(new[] { -5L, 1_000, 1_000, 1_000, 2_000 }, rows.TimesBefore(long.MaxValue));
        var isKnown = rows.Begin();
        Assert.All(new[] { s_a, s_a, s_b, s_c, negative }, row => Assert.True(isKnown(row)));
        Assert.Equal("", new SeenRows([]).ToText());
        Assert.Equal(0, SeenRows.Parse("").Count);
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("gICAgICAgICAgICA")]
    [InlineData("not base64")]
    public void A_damaged_text_is_refused(string text) => Assert.Throws<FormatException>(() => SeenRows.Parse(text));

    [Fact]
    public void A_row_takes_about_25_bytes_of_text()
    {
        var rows = new SeenRows(Enumerable.Range(0, 10_000).Select(i => new SeenRow(1_750_000_000_000 + (i * 360L), (ulong)i, (ulong)i)));
        Assert.InRange(rows.ToText().Length / 10_000.0, 23, 26);
    }

    [Theory]
    [InlineData(999, 3, 0)]
    [InlineData(1_000, 3, 0)]
    [InlineData(1_001, 1, 2)]
    [InlineData(2_001, 0, 3)]
    public void Rows_are_divided_at_a_time(long time, int kept, int before)
    {
        var rows = new SeenRows([s_a, s_b, s_c]);
        Assert.Equal((kept, before), (rows.From(time).Count, rows.TimesBefore(time).Count()));
    }

    [Fact]
    public void Only_whole_milliseconds_are_left_out_above_the_limit()
    {
        var rows = new SeenRows([s_a, s_b, s_c]);
        Assert.Equal(3, rows.Newest(3, out var from).Count);
        Assert.Null(from);
        Assert.Equal(1, rows.Newest(2, out from).Count);
        Assert.Equal(1_001, from);
    }
}
