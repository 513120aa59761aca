using LogScalePaging.Cli.Output;
using LogScalePaging.Cli.Running;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class TextTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_000, "1.0 kB")]
    [InlineData(999_499, "999 kB")]
    [InlineData(999_500, "1.0 MB")]
    [InlineData(3_141_592, "3.1 MB")]
    [InlineData(long.MaxValue, "9223 PB")]
    public void Bytes(long bytes, string text) => Assert.Equal(text, Units.Bytes(bytes));

    [Theory]
    [InlineData(0.484, "0.48 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(59.97, "1 min")]
    [InlineData(245, "4 min 05 s")]
    [InlineData(7800, "2 h 10 min")]
    [InlineData(273_600, "3 d 04 h")]
    public void Spans(double seconds, string text) => Assert.Equal(text, Units.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("one two three four", 14, "one two three|four")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaa", 12, "aaaaaaaaaaaa|aaaaaaaaaaaa|a")]
    [InlineData("first\nsecond", 80, "first|second")]
    [InlineData("   indented words here", 14, "   indented|words here")]
    [InlineData("", 80, "")]
    public void Wrapping(string text, int width, string lines) => Assert.Equal(lines, string.Join('|', TextLayout.Wrap(text, width)));

    [Theory]
    [InlineData("plain-1.json", "plain-1.json")]
    [InlineData("#a=b | c", "'#a=b | c'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("", "''")]
    public void Quoting(string word, string quoted) => Assert.Equal(quoted, ResumeHint.Quote(word));
}
