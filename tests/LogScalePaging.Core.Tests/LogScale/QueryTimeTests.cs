using LogScalePaging.Core.Tests.Support;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class QueryTimeTests
{
    private static readonly ManualTimeProvider s_noon = new();

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
    [InlineData("2026-05-01T08:00Z", 1777622400000)]
    [InlineData("2026-05-01 08:00:00Z", 1777622400000)]
    [InlineData("2026-05-01T10:00:00.5000000+02:00", 1777622400500)]
    [InlineData("20260501T080000Z", 1777622400000)]
    public void Absolute_times_are_epoch_milliseconds(string text, long expected) =>
        Assert.Equal(expected, QueryTime.Parse(text).Milliseconds);

    [Theory]
    [InlineData("2026-05-01", 0)]
    [InlineData("2026-05-01T08:00", 8)]
    [InlineData("2026-05-01 08:00:00", 8)]
    public void A_time_without_offset_is_local(string text, int hour) =>
        Assert.Equal(new DateTimeOffset(new DateTime(2026, 5, 1, hour, 0, 0, DateTimeKind.Local)).ToUnixTimeMilliseconds(),
            QueryTime.Parse(text).Milliseconds);

    [Theory]
    [InlineData("01:00:00")]
    [InlineData("7.00:00:00")]
    [InlineData("00:00:30.5")]
    public void The_text_of_a_time_span_means_that_long_ago(string text) =>
        Assert.Equal(QueryTime.Ago(TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture)), QueryTime.Parse(text));

    [Theory]
    [InlineData("", "is not a time")]
    [InlineData("yesterday", "is not a time")]
    [InlineData("15x", "is not a time")]
    [InlineData("-5m", "is not a time")]
    [InlineData("-24h", "write 24h")]
    [InlineData("- 7 days", "write 7 days")]
    [InlineData("1.2.2026", "2026-05-01T08:00:00Z")]
    [InlineData("01/02/2026", "2026-05-01T08:00:00Z")]
    [InlineData("01/02/2026 08:00:00", "2026-05-01T08:00:00Z")]
    [InlineData("1 May 2026", "is not a time")]
    [InlineData("Fri, 01 May 2026 08:00:00 GMT", "is not a time")]
    [InlineData("2026-5-1", "is not a time")]
    [InlineData("2026-02-30", "is not a time")]
    [InlineData("2026-05-01T25:00:00Z", "is not a time")]
    [InlineData("1718000000", "1718000000000")]
    [InlineData("24", "24h")]
    [InlineData("10:00", "can be a time of day or a length of time")]
    [InlineData(" 8:30 ", "'8:30' can be a time of day")]
    [InlineData("25:00", "Write a time of day with its date")]
    [InlineData("1", "unit")]
    [InlineData("99999999999999999", "year 9999")]
    [InlineData("\u001b[2J", "\\u001b")]
    public void Invalid_times_are_refused_with_valid_examples(string text, string hint) =>
        Assert.Contains(hint, Assert.Throws<FormatException>(() => QueryTime.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("now", "now")]
    [InlineData("now", "1h")]
    [InlineData("1h", "1h")]
    [InlineData("1h", "2h")]
    [InlineData("59m", "1hour")]
    [InlineData("now - 5 minutes", "6min")]
    [InlineData("90s", "1500000 ms")]
    [InlineData("6d", "1w")]
    [InlineData("1mon", "1month")]
    [InlineData("2mon", "3mon")]
    [InlineData("27d", "1mon")]
    [InlineData("1q", "2y")]
    [InlineData("11mon", "1y")]
    [InlineData("1h", "99999999999999999999999999h")]
    [InlineData("1777622400000", "2026-05-01T08:00:00Z")]
    [InlineData("2026-05-02T00:00:00Z", "2026-05-01T00:00:00Z")]
    // It is 12:00 by the clock of the test.
    [InlineData("2025-06-01T12:05:00Z", "now")]
    [InlineData("2025-06-01T11:30:00Z", "1h")]
    [InlineData("1h", "2025-06-01T10:00:00Z")]
    [InlineData("now", "2025-06-01T00:00:00Z")]
    public void A_range_that_does_not_run_forward_is_refused_with_both_its_ends(string start, string end)
    {
        var (from, to) = (QueryTime.Parse(start), QueryTime.Parse(end));
        var message = Assert.Throws<ArgumentException>(() => QueryTime.EnsureRange(from, to, s_noon)).Message;
        Assert.Contains($"The start '{from}' is not before the end '{to}'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1ms", "now")]
    [InlineData("1h", "59min")]
    [InlineData("1y", "11mon")]
    [InlineData("2q", "1q")]
    [InlineData("0", "now")]
    [InlineData("2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z")]
    [InlineData("2025-06-01T10:00:00Z", "1h")]
    [InlineData("1h", "2025-06-01T11:30:00Z")]
    [InlineData("1h", "2027-01-01T00:00:00Z")]
    public void A_range_that_runs_forward_is_taken(string start, string end) =>
        QueryTime.EnsureRange(QueryTime.Parse(start), QueryTime.Parse(end), s_noon);

    [Theory]
    // When a day began depends on the time zone.
    [InlineData("1d@d", "2d@d")]
    [InlineData("now@d", "now")]
    [InlineData("1h", "now@d")]
    // A month may have 28 days, or 31.
    [InlineData("1mon", "30d")]
    [InlineData("30d", "1mon")]
    [InlineData("12mon", "1y")]
    // The server's clock may be a little ahead.
    [InlineData("2025-06-01T12:04:00Z", "now")]
    public void A_range_that_cannot_be_compared_here_is_left_to_the_server(string start, string end) =>
        QueryTime.EnsureRange(QueryTime.Parse(start), QueryTime.Parse(end), s_noon);

    [Fact]
    public void Without_a_clock_a_relative_end_is_not_compared_with_an_absolute_one()
    {
        QueryTime.EnsureRange(QueryTime.Now, QueryTime.At(2));
        QueryTime.EnsureRange(QueryTime.At(long.MaxValue), QueryTime.Now);
        Assert.Throws<ArgumentException>(() => QueryTime.EnsureRange(QueryTime.At(2), QueryTime.At(2)));
        Assert.Throws<ArgumentException>(() => QueryTime.EnsureRange(QueryTime.Now, QueryTime.Now));
    }

    [Fact]
    public void An_absolute_time_is_compared_with_a_relative_one_by_the_clock_which_is_named()
    {
        var message = Assert.Throws<ArgumentException>(
            () => new SearchSpec("*") { Start = QueryTime.Parse("2027-01-01T00:00:00Z") }.EnsureValid(s_noon)).Message;
        Assert.Contains("This machine's clock says 2025-06-01T12:00:00.000Z", message, StringComparison.Ordinal);
    }
}
