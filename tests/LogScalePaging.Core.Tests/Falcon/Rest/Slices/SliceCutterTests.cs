using LogScalePaging.Falcon.Rest.Slices;
using LogScalePaging.Paging;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Core.Tests.Falcon.Rest.Slices;

/// <summary>How a range is halved, with the totals of times in a table.</summary>
public sealed class SliceCutterTests
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000 * Millisecond;

    [Theory]
    // Nothing to halve.
    [InlineData("", 1, 1)]
    [InlineData("5", 1, 1)]
    [InlineData("0 99", 2, 1)]
    // The edges of the range.
    [InlineData("0 99", 1, 2)]
    [InlineData("49 50", 1, 2)]
    // Ten records, two of them in each slice at most.
    [InlineData("0 10 20 30 40 50 60 70 80 90", 2, 6)]
    public async Task Parts_cover_the_range_and_have_few_records(string seconds, int most, int parts)
    {
        var times = Times(seconds, Second);
        var (cut, _) = await CutAsync(times, 0, 100 * Second, most);

        Assert.Equal(parts, cut.Count);
        EnsureTiles(cut, 0, 100 * Second);
        Assert.All(cut, part => Assert.Equal(times.Count(t => t >= part.Start && t < part.End), part.Count));
        Assert.All(cut, part => Assert.InRange(part.Count, 0, most));
    }

    [Fact]
    public async Task One_instant_is_not_halved_forever()
    {
        var times = Enumerable.Repeat((7 * Second) + (3 * Millisecond), 50).Append(90 * Second).ToList();
        var (cut, requests) = await CutAsync(times, 0, 100 * Second, most: 10);

        EnsureTiles(cut, 0, 100 * Second);
        var instant = Assert.Single(cut, part => part.Count > 10);
        Assert.Equal(((7 * Second) + (3 * Millisecond), (7 * Second) + (4 * Millisecond)), (instant.Start, instant.End));
        Assert.InRange(requests, 2, 60);
    }

    [Fact]
    public async Task The_number_of_requests_is_bounded()
    {
        var times = Enumerable.Range(0, 5_000).Select(i => i * Second).ToList();
        var (cut, requests) = await CutAsync(times, 0, 5_000 * Second, most: 1);

        EnsureTiles(cut, 0, 5_000 * Second);
        Assert.Equal(SliceCutter.MostRequests, requests);
        Assert.Equal(5_000, cut.Sum(part => part.Count));
    }

    [Fact]
    public async Task A_server_that_ignores_the_time_is_an_error()
    {
        var cutter = new SliceCutter((_, _) => Task.FromResult(100L));
        var error = await Assert.ThrowsAsync<PagingException>(() => cutter.CutAsync(new Bucket(0, 100 * Second, 100), 10, default));

        Assert.Contains("ignores the time", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 100 * Second, 50 * Second)]
    [InlineData(0, 3 * Second, 1 * Second)]
    [InlineData(0, 1 * Second, 500 * Millisecond)]
    [InlineData(0, 2 * Millisecond, 1 * Millisecond)]
    [InlineData(0, 1 * Millisecond, null)]
    [InlineData(5 * Millisecond, 6 * Millisecond, null)]
    [InlineData(-2 * Second, 0, -1 * Second)]
    // The difference of these times exceeds 64 bits.
    [InlineData(-9_000_000_000 * Second, 9_000_000_000 * Second, 0L)]
    public void A_part_is_halved_at_a_whole_second_or_millisecond(long start, long end, long? middle) =>
        Assert.Equal(middle, SliceCutter.Middle(start, end));

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00Z")]
    [InlineData(1_500 * Millisecond, "1970-01-01T00:00:01.500Z")]
    [InlineData(1_500 * Millisecond + 1_000, "1970-01-01T00:00:01.500001Z")]
    [InlineData(100 * Second, "1970-01-01T00:01:40Z")]
    [InlineData(-1 * Second, "1969-12-31T23:59:59Z")]
    public void Times_have_only_the_decimals_that_they_need(long time, string text) => Assert.Equal(text, SliceFilter.Text(time));

    [Theory]
    [InlineData("", "t:>='1970-01-01T00:00:00Z'+t:<'1970-01-01T00:00:01Z'")]
    [InlineData("a:'1',b:'2'", "(a:'1',b:'2')+t:>='1970-01-01T00:00:00Z'+t:<'1970-01-01T00:00:01Z'")]
    public void A_slice_keeps_the_filter_of_the_user(string filter, string joined) =>
        Assert.Equal(joined, new SliceFilter("t", filter).Within(0, Second));

    private static async Task<(IReadOnlyList<Bucket> Parts, int Requests)> CutAsync(List<long> times, long start, long end, long most)
    {
        var requests = 0;
        var cutter = new SliceCutter((part, _) =>
        {
            requests++;
            return Task.FromResult((long)times.Count(t => t >= part.Start && t < part.End));
        });
        var parts = await cutter.CutAsync(new Bucket(start, end, times.Count), most, default);
        return (parts, requests);
    }

    private static List<long> Times(string text, long unit) =>
        [.. text.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(
            t => long.Parse(t, System.Globalization.CultureInfo.InvariantCulture) * unit)];

    private static void EnsureTiles(IReadOnlyList<Bucket> parts, long start, long end)
    {
        Assert.Equal((start, end), (parts[0].Start, parts[parts.Count - 1].End));
        for (var i = 1; i < parts.Count; i++)
            Assert.Equal(parts[i - 1].End, parts[i].Start);
    }
}
