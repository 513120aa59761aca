using LogScalePaging.LogScale;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class QueryTimeTests
{
    [Theory]
    [InlineData("15m")]
    [InlineData("24hours")]
    [InlineData("7 days")]
    [InlineData("1 year")]
    [InlineData("500ms")]
    [InlineData("now")]
    [InlineData("NOW")]
    [InlineData("1d@d")]
    [InlineData(" 3mon ")]
    public void Relative_times_go_to_the_server_as_they_are(string text) => Assert.Equal(text.Trim(), QueryTime.Parse(text).Relative);

    [Theory]
    [InlineData("1718000000000", 1718000000000)]
    [InlineData("0", 0)]
    [InlineData("2026-05-01T08:00:00Z", 1777622400000)]
    [InlineData("2026-05-01T10:00:00.500+02:00", 1777622400500)]
    public void Absolute_times_are_epoch_milliseconds(string text, long expected) => Assert.Equal(expected, QueryTime.Parse(text).Milliseconds);

    [Theory]
    [InlineData("", "is not a time")]
    [InlineData("yesterday", "is not a time")]
    [InlineData("15x", "is not a time")]
    [InlineData("-5m", "is not a time")]
    [InlineData("1718000000", "1718000000000")]
    [InlineData("99999999999999999", "year 9999")]
    [InlineData("\u001b[2J", "\\u001b")]
    public void What_is_no_time_is_refused_with_what_would_be(string text, string hint) =>
        Assert.Contains(hint, Assert.Throws<FormatException>(() => QueryTime.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_range_that_runs_backwards_is_refused()
    {
        Assert.Throws<ArgumentException>(() => QueryTime.EnsureRange(QueryTime.At(2), QueryTime.At(2)));
        QueryTime.EnsureRange(QueryTime.At(1), QueryTime.At(2));
        QueryTime.EnsureRange(QueryTime.Now, QueryTime.At(2));
    }
}
