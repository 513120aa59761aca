using System.Globalization;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Core.Tests.LogScale.Windows;

public sealed class WindowPlannerTests
{
    [Theory]
    [InlineData(1, 1L)]
    [InlineData(19, 19L)]
    [InlineData(200, 190L)]
    [InlineData(200_000, 190_000L)]
    public void A_window_is_filled_with_a_little_less_than_fits(int capacity, long fill) =>
        Assert.Equal(fill, WindowPlanner.FillOf(capacity));

    [Theory]
    // Bars are start-end:count.
    [InlineData("", 0, 10, "0-10:0*")]
    [InlineData("", 5, 5, "5-5:0*")]
    [InlineData("0-10:7", 0, 10, "0-10:7*")]
    [InlineData("0-5:6 5-10:4", 0, 10, "0-10:10*")]
    [InlineData("0-5:7 5-10:4", 0, 10, "5-10:4* 0-5:7")]
    // A bar that is too full is a window alone.
    [InlineData("0-2:1 2-4:99 4-6:1", 0, 6, "4-6:1* 2-4:99 0-2:1")]
    // Neighbours reach into what is empty.
    [InlineData("2-3:8 7-8:8", 0, 10, "3-10:8* 0-3:8")]
    // Bars that reach over the range.
    [InlineData("0-5:8 5-12:8", 2, 10, "5-10:8* 2-5:8")]
    public void Bars_are_packed_from_the_newest_on(string bars, long start, long end, string expected) =>
        Assert.Equal(expected, Text(WindowPlanner.Plan(Bars(bars), start, end, 10)));

    [Theory]
    [InlineData(0, 10, null, 10L, "0-10:?*")]
    [InlineData(0, 10, 9L, 10L, "0-10:?*")]
    [InlineData(0, 10, 10L, 10L, "5-10:?* 0-5:?")]
    [InlineData(0, 10, 25L, 10L, "6-10:?* 3-6:? 0-3:?")]
    [InlineData(0, 2, 1_000L, 10L, "1-2:?* 0-1:?")]
    [InlineData(5, 5, 1_000L, 10L, "5-5:?*")]
    public void Without_a_histogram_windows_are_of_equal_length(long start, long end, long? count, long fill, string expected) =>
        Assert.Equal(expected, Text(WindowPlanner.Even(start, end, count, fill)));

    [Theory]
    [InlineData(1_000_000_000_000_000_000L, 5)]
    [InlineData(1_000_000_000_000L, 190)]
    public void An_impossible_count_does_not_make_too_many_windows(long count, long fill)
    {
        var windows = WindowPlanner.Even(0, 400_000_000_000, count, fill);
        Assert.Equal(100_000, windows.Count);
        Assert.Equal((0, 400_000_000_000), (windows[windows.Count - 1].Start, windows[0].End));
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData(1L, 1)]
    [InlineData(5L, 1)]
    [InlineData(6L, 2)]
    [InlineData(10L, 2)]
    [InlineData(11L, 3)]
    [InlineData(999L, 3)]
    public void A_limit_needs_only_the_newest_windows(long? limit, int count)
    {
        IReadOnlyList<TimeWindow> windows = [new(20, 30, 5, true), new(10, 20, 5), new(0, 10, 5)];
        Assert.Equal(windows.Take(count), WindowPlanner.Newest(windows, limit));
    }

    [Fact]
    public void A_window_whose_events_are_not_known_does_not_count_towards_a_limit()
    {
        IReadOnlyList<TimeWindow> windows = [new(20, 30, null, true), new(10, 20, 5), new(0, 10, 5)];
        Assert.Equal(2, WindowPlanner.Newest(windows, 5).Count);
    }

    [Theory]
    [InlineData("0-10:20", "")]
    [InlineData("0-10:21", "0-10")]
    [InlineData("0-1:21", "")]
    [InlineData("0-10:21 10-20:21", "0-20")]
    [InlineData("0-10:21 11-20:21", "0-10 11-20")]
    [InlineData("0-10:21 10-20:1 20-30:21", "0-10 20-30")]
    public void Neighbouring_bars_that_are_too_full_are_looked_at_together(string bars, string expected) =>
        Assert.Equal(
            expected,
            string.Join(" ", WindowPlanner.TooCoarse(Bars(bars), 100).Select(r => FormattableString.Invariant($"{r.Start}-{r.End}"))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Windows_cover_the_range_and_only_a_single_bar_may_exceed_the_limit(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var start = random.Next(1_000);
            var end = start + 1 + random.Next(2_000);
            var fill = 1 + random.Next(200);
            var bars = RandomBars(random, start, end);
            var windows = WindowPlanner.Plan(bars, start, end, fill);
            EnsureTiled(windows, start, end, seed, round);
            Assert.True(windows.Sum(w => w.Planned) == bars.Sum(b => b.Count), $"seed {seed}, round {round}: events are lost or doubled");
            foreach (var window in windows)
            {
                var own = bars.Where(b => b.Start >= window.Start && b.End <= window.End).ToList();
                Assert.True(own.Sum(b => b.Count) == window.Planned, $"seed {seed}, round {round}: a bar is cut");
                var isAllowed = window.Planned <= fill || own.Count(b => b.Count > 0) == 1;
                Assert.True(isAllowed, $"seed {seed}, round {round}: {window.Planned} of {fill}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Even_windows_tile_the_range(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var start = random.Next(1_000_000);
            var end = start + 1 + random.Next(3_000);
            long? count = random.Next(4) == 0 ? null : random.Next(20_000);
            var windows = WindowPlanner.Even(start, end, count, 1 + random.Next(300));
            EnsureTiled(windows, start, end, seed, round);
            Assert.True(windows.Max(w => w.Length) - windows.Min(w => w.Length) <= 1, $"seed {seed}, round {round}: lengths differ");
        }
    }

    // The text of all windows is long: it is made only for a failure.
    private static void EnsureTiled(IReadOnlyList<TimeWindow> windows, long start, long end, int seed, int round)
    {
        var (top, isTiled) = (end, true);
        foreach (var window in windows)
        {
            isTiled &= window.End == top && window.Start < window.End && window.IsNewest == (top == end);
            top = window.Start;
        }
        if (!isTiled || top != start)
            Assert.Fail($"seed {seed}, round {round}, {start} to {end}: {Text(windows)}");
    }

    private static List<Bucket> RandomBars(Random random, int start, int end)
    {
        var bars = new List<Bucket>();
        for (var at = start + random.Next(3); at < end;)
        {
            var length = Math.Min(end - at, 1 + random.Next(50));
            if (random.Next(3) > 0)
                bars.Add(new Bucket(at, at + length, random.Next(10) == 0 ? 0 : random.Next(150)));
            at += length;
        }
        return bars;
    }

    private static List<Bucket> Bars(string text) => [.. text.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(bar =>
    {
        var numbers = bar.Split('-', ':').Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return new Bucket(numbers[0], numbers[1], numbers[2]);
    })];

    private static string Text(IEnumerable<TimeWindow> windows) => string.Join(" ", windows.Select(w =>
    {
        var planned = w.Planned?.ToString(CultureInfo.InvariantCulture) ?? "?";
        return FormattableString.Invariant($"{w.Start}-{w.End}:{planned}{(w.IsNewest ? "*" : "")}");
    }));
}
