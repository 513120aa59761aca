using LogScalePaging.Export.Slices;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Core.Tests.Slices;

public sealed class SliceCutsTests
{
    [Fact]
    public void Equal_bars_are_cut_equally() =>
        Assert.Equal([25, 50, 75], Of(Bars((0, 100, 1, 10)), 0, 100, 4));

    [Fact]
    public void An_instant_is_never_cut()
    {
        Bucket[] bars = [new(10, 11, 5), new(11, 12, 900), new(12, 13, 5)];
        Assert.Equal([11, 12], Of(bars, 0, 100, 10));
    }

    [Fact]
    public void All_records_at_one_time_are_one_slice() => Assert.Empty(Of([new Bucket(50, 51, 1_000)], 0, 100, 8));

    [Fact]
    public void No_slice_is_without_records()
    {
        Bucket[] bars = [new(10, 20, 1), new(80, 90, 1_000)];
        var cuts = Of(bars, 0, 100, 5);
        Assert.All(Edges(cuts, 0, 100), s => Assert.Contains(bars, b => b.Start < s.End && b.End > s.Start));
    }

    [Fact]
    public void No_records_are_one_slice() => Assert.Empty(Of([], 0, 100, 5));

    [Fact]
    public void Cuts_are_multiples_of_the_grain()
    {
        var cuts = SliceCuts.Of(Bars((0, 1_000, 7, 10)), 0, 1_000, 4, 100, 1);
        Assert.Equal(3, cuts.Count);
        Assert.All(cuts, c => Assert.Equal(0, c % 100));
    }

    [Fact]
    public void A_slice_has_at_least_the_smallest_length()
    {
        Bucket[] bars = [new(10, 11, 100), new(11, 12, 100), new(12, 13, 100), new(13, 14, 100)];
        var cuts = SliceCuts.Of(bars, 10, 14, 4, 1, least: 2);
        Assert.Equal([12L], cuts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_bars_are_cut_in_order_and_within_the_range(int seed)
    {
        var random = new Random(seed);
        var bars = new List<Bucket>();
        for (long at = -5_000; at < 5_000; at += random.Next(1, 60))
            bars.Add(new Bucket(at, at + 1 + random.Next(0, 1), random.Next(1, 500)));
        var edges = Edges(Of(bars, -6_000, 6_000, 37), -6_000, 6_000);
        Assert.All(edges, e => Assert.True(e.Start < e.End));
        Assert.Equal(bars.Sum(b => b.Count), edges.Sum(e => bars.Where(b => b.Start >= e.Start && b.End <= e.End).Sum(b => b.Count)));
        var most = bars.Sum(b => b.Count) / 37 + 500;
        Assert.All(edges, e => Assert.True(bars.Where(b => b.Start >= e.Start && b.End <= e.End).Sum(b => b.Count) <= most + 500));
    }

    private static IReadOnlyList<long> Of(IReadOnlyList<Bucket> bars, long start, long end, int slices) =>
        SliceCuts.Of(bars, start, end, slices, 1, 1);

    private static List<(long Start, long End)> Edges(IReadOnlyList<long> cuts, long start, long end)
    {
        long[] all = [start, .. cuts, end];
        return [.. Enumerable.Range(0, all.Length - 1).Select(i => (all[i], all[i + 1]))];
    }

    private static List<Bucket> Bars((long From, long To, long Step, long Count) of)
    {
        var bars = new List<Bucket>();
        for (var at = of.From; at < of.To; at += of.Step)
            bars.Add(new Bucket(at, at + of.Step, of.Count));
        return bars;
    }
}
