using System.Globalization;
using System.Text;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Records;

public sealed class IsoTimeTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0L)]
    [InlineData("1970-01-01T00:00:00.000000001Z", 1L)]
    [InlineData("1969-12-31T23:59:59.999999999Z", -1L)]
    [InlineData("1970-01-01T00:00:00.1Z", 100_000_000L)]
    [InlineData("1970-01-01T00:00:00.12Z", 120_000_000L)]
    [InlineData("1970-01-01T00:00:00.123Z", 123_000_000L)]
    [InlineData("1970-01-01T00:00:00.1234Z", 123_400_000L)]
    [InlineData("1970-01-01T00:00:00.12345Z", 123_450_000L)]
    [InlineData("1970-01-01T00:00:00.123456Z", 123_456_000L)]
    [InlineData("1970-01-01T00:00:00.1234567Z", 123_456_700L)]
    [InlineData("1970-01-01T00:00:00.12345678Z", 123_456_780L)]
    [InlineData("1970-01-01T00:00:00.123456789Z", 123_456_789L)]
    [InlineData("1970-01-01T00:00:00.1234567899Z", 123_456_789L)]
    [InlineData("1970-01-01T00:00:00,5Z", 500_000_000L)]
    [InlineData("1970-01-01t00:00:01z", 1_000_000_000L)]
    [InlineData("1970-01-01 00:00:01Z", 1_000_000_000L)]
    [InlineData("1970-01-01T02:00:00+02:00", 0L)]
    [InlineData("1969-12-31T18:30:00.5-05:30", 500_000_000L)]
    [InlineData("1970-01-01T00:00:00+0000", 0L)]
    [InlineData("1970-01-01T00:59:60Z", 3_600_000_000_000L)]
    [InlineData("2024-02-29T00:00:00Z", 1_709_164_800_000_000_000L)]
    [InlineData("2262-04-11T23:47:15.999999999Z", 9_223_372_035_999_999_999L)]
    [InlineData("1677-09-21T00:12:45Z", -9_223_372_035_000_000_000L)]
    public void A_time_is_read_to_the_nanosecond(string text, long expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("2026-05-01")]
    [InlineData("2026-05-01T00:00:00")]
    [InlineData("2026-05-01T00:00Z")]
    [InlineData("2026-05-01T00:00:00.Z")]
    [InlineData("2026-05-01T00:00:00.5")]
    [InlineData("2026-05-01T00:00:00.5x")]
    [InlineData("2026-05-01T00:00:00ZZ")]
    [InlineData("2026-05-01T00:00:00+2")]
    [InlineData("2026-05-01T00:00:00+24:00")]
    [InlineData("2026-05-01T00:00:00+02:60")]
    [InlineData("2026-05-01T00:00:00+02-00")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-00-01T00:00:00Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-05-00T00:00:00Z")]
    [InlineData("2026-05-01T24:00:00Z")]
    [InlineData("2026-05-01T00:60:00Z")]
    [InlineData("2026-05-01T00:00:61Z")]
    [InlineData("2026-05-01T00:00:0xZ")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("2262-04-11T23:47:17Z")]
    [InlineData("1677-09-21T00:12:43Z")]
    [InlineData("+026-05-01T00:00:00Z")]
    [InlineData("1777593600000")]
    [InlineData("not a time, but long enough")]
    public void Anything_else_is_not_a_time(string text) => Assert.Null(Read(text));

    [Fact]
    public void The_class_library_reads_the_same_where_it_can()
    {
        var seed = new Random().Next();
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var ticks = (long)(random.NextDouble() * 5_000_000_000_000_000_000) + 562_000_000_000_000_000;
            var offset = TimeSpan.FromMinutes(random.Next(-840, 841));
            var time = new DateTimeOffset(Math.Min(ticks, 712_000_000_000_000_000), offset);
            var text = time.ToString(random.Next(2) == 0 ? "o" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

            var expected = (time.UtcDateTime - new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc)).Ticks * 100;

            Assert.True(expected == Read(text), $"seed {seed}: {text}");
        }
    }

    [Theory]
    [InlineData(0L, "1970-01-01T00:00:00.000000000Z")]
    [InlineData(-1L, "1969-12-31T23:59:59.999999999Z")]
    [InlineData(1_777_593_600_123_456_789, "2026-05-01T00:00:00.123456789Z")]
    [InlineData(long.MaxValue, "2262-04-11T23:47:16.854775807Z")]
    [InlineData(long.MinValue, "1677-09-21T00:12:43.145224192Z")]
    public void Nanoseconds_are_written_with_all_their_digits(long time, string expected) =>
        Assert.Equal(expected, RecordTime.Utc(time, TimeUnit.Iso8601));

    private static long? Read(string text) => IsoTime.Nanoseconds(Encoding.UTF8.GetBytes(text));
}
