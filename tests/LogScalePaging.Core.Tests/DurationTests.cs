using LogScalePaging.Common;
using LogScalePaging.Export.Runs;

namespace LogScalePaging.Core.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData("2h45m", "02:45:00")]
    [InlineData("2:45:00", "02:45:00")]
    [InlineData("2:45", "02:45:00")]
    [InlineData(" 90m ", "01:30:00")]
    [InlineData("30 sec", "00:00:30")]
    [InlineData("1d 12 hours", "1.12:00:00")]
    [InlineData("1.02:03:04", "1.02:03:04")]
    [InlineData("2w", "14.00:00:00")]
    [InlineData("500ms", "00:00:00.5")]
    [InlineData("1m 500 milliseconds", "00:01:00.5")]
    // TimeSpan.Parse reads this as 30 days.
    [InlineData("30:00:00", "1.06:00:00")]
    public void A_length_of_time_is_read(string text, string span) => Assert.Equal(TimeSpan.Parse(span, null), Duration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("-5m")]
    [InlineData("45m2h")]
    [InlineData("2h:30m")]
    [InlineData("1:75:00")]
    [InlineData("soon")]
    [InlineData("999999999999s")]
    [InlineData("5 fortnights")]
    public void Anything_else_is_refused_with_valid_forms(string text) =>
        Assert.Contains("2h45m, 90m, 30s or 2:45:00", Assert.Throws<FormatException>(() => Duration.Parse(text)).Message);

    [Theory]
    [InlineData("02:45:00", "2h45m")]
    [InlineData("1.00:00:05", "1d5s")]
    [InlineData("00:00:00.25", "250ms")]
    public void The_text_has_the_largest_units(string span, string text) => Assert.Equal(text, Duration.Text(TimeSpan.Parse(span, null)));

    [Theory]
    [InlineData("0s")]
    [InlineData("31d")]
    public void A_time_limit_of_a_run_is_neither_zero_nor_endless(string text) =>
        Assert.Contains("from 1s to 30d", Assert.Throws<FormatException>(() => ExportRequest.ParseStopAfter(text)).Message);
}
