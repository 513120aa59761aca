using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class RangeCheckTests
{
    private const long Start = 1_700_000_000_500;
    private const long End = 1_700_003_600_500;
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    [Theory]
    [InlineData(0, 0, true)]
    // A server may round to whole seconds when the range only grows by it.
    [InlineData(-999, 999, true)]
    [InlineData(-1_000, 0, false)]
    [InlineData(1, 0, false)]
    [InlineData(0, 1_000, false)]
    [InlineData(0, -1, false)]
    public void An_absolute_range_is_the_same_or_rounded(long startBy, long endBy, bool fits) =>
        AssertFits(fits, Asked(QueryTime.At(Start), QueryTime.At(End)), Answer(Start + startBy, End + endBy));

    [Fact]
    public void A_start_of_0_is_whatever_the_oldest_event_is() =>
        AssertFits(true, Asked(QueryTime.At(0), QueryTime.At(End)), Answer(Start, End));

    [Theory]
    // The clock, an end in the future, and what the server made of it; all in seconds after the asked start.
    [InlineData(100, 3_600, 100, true)]
    [InlineData(100, 3_600, 101, true)]
    [InlineData(400, 3_600, 101, true)]
    [InlineData(402, 3_600, 101, false)]
    [InlineData(100, 90, 89, true)]
    [InlineData(null, 3_600, 100, false)]
    public void An_end_in_the_future_may_be_cut_at_now(int? now, int asked, int got, bool fits)
    {
        DateTimeOffset? date = now is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(Start + (time * 1_000L)) : null;
        var answer = Answer(Start, Start + (got * 1_000L)) with { Date = date };
        AssertFits(fits, Asked(QueryTime.At(Start), QueryTime.At(Start + (asked * 1_000L))), answer);
    }

    [Theory]
    [InlineData("1h", "now", Hour, true)]
    [InlineData("1h", "now", Hour + 60_000, true)]
    [InlineData("1h", "now", Hour + 60_001, false)]
    [InlineData("1h", "now", Hour - 60_001, false)]
    [InlineData("2h", "1h", Hour, true)]
    [InlineData("2h", "1h", 2 * Hour, false)]
    // A day of a time zone has 23 to 25 hours, and the tolerance is three.
    [InlineData("1d", "now", 23 * Hour, true)]
    [InlineData("1d", "now", 25 * Hour, true)]
    [InlineData("1d", "now", 20 * Hour, false)]
    [InlineData("1d", "now", 28 * Hour, false)]
    // What a month is, the server decides.
    [InlineData("1mon", "now", 28 * Day, true)]
    [InlineData("1mon", "now", 31 * Day, true)]
    [InlineData("1mon", "now", 40 * Day, false)]
    [InlineData("1mon", "now", 20 * Day, false)]
    // Only the server knows the length of this.
    [InlineData("1d@d", "now", 40 * Day, true)]
    public void Of_two_relative_times_the_length_is_compared(string start, string end, long length, bool fits) =>
        AssertFits(fits, Asked(QueryTime.Parse(start), QueryTime.Parse(end)), Answer(End - length, End));

    [Fact]
    public void One_relative_end_is_not_compared_the_other_is()
    {
        AssertFits(true, Asked(QueryTime.Parse("15m"), QueryTime.At(End)), Answer(Start, End));
        AssertFits(false, Asked(QueryTime.Parse("15m"), QueryTime.At(End)), Answer(Start, End - 1));
        AssertFits(false, Asked(QueryTime.At(Start), QueryTime.Now), Answer(Start + 1, End));
        AssertFits(true, Asked(null, null), Answer(Start, End));
    }

    [Theory]
    [InlineData(-1L, 5L)]
    [InlineData(6L, 5L)]
    [InlineData(0L, 253_402_300_800_000L)]
    [InlineData(long.MinValue, long.MaxValue)]
    public void An_impossible_range_is_never_believed(long start, long end)
    {
        AssertFits(false, Asked(QueryTime.At(0), QueryTime.At(End)), Answer(start, end));
        AssertFits(false, Asked(null, null), Overwritten(start, end));
    }

    [Fact]
    public void A_range_that_the_query_sets_is_not_compared() =>
        AssertFits(true, Asked(QueryTime.At(Start), QueryTime.At(End)), Overwritten(5, 6));

    [Fact]
    public void A_page_around_an_event_is_not_compared() =>
        AssertFits(true, Asked(QueryTime.At(Start), QueryTime.At(End)) with { Around = new AroundAnchor("a", Start, 3) }, Answer(5, 6));

    [Theory]
    [InlineData(null, 5L)]
    [InlineData(5L, null)]
    [InlineData(null, null)]
    public void An_answer_that_does_not_say_cannot_be_compared(long? start, long? end) =>
        AssertFits(true, Asked(QueryTime.At(Start), QueryTime.At(End)), Answer(start, end));

    [Fact]
    public void The_message_names_both_ranges() => Assert.Equal(
        "the server searched 1970-01-01T00:00:00.000Z to 1970-01-01T00:00:05.000Z, "
        + "but 2023-11-14T22:13:20.500Z to 2023-11-14T23:13:20.500Z was requested",
        RangeCheck.Mismatch(Asked(QueryTime.At(Start), QueryTime.At(End)), Answer(0, 5_000)));

    private static void AssertFits(bool fits, QueryJobSpec asked, QueryResult answer) =>
        Assert.Equal(fits, RangeCheck.Mismatch(asked, answer) is null);

    private static QueryJobSpec Asked(QueryTime? start, QueryTime? end) => new("a=1") { Start = start, End = end };

    private static QueryResult Answer(long? start, long? end) => new()
    {
        Metadata = new QueryMetadata { QueryStart = start, QueryEnd = end },
    };

    private static QueryResult Overwritten(long start, long end) =>
        new() { Metadata = new QueryMetadata { QueryStart = start, QueryEnd = end, TimeSettingsOverwritten = true } };
}
