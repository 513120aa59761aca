using LogScalePaging.Axiom.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Core.Tests.Axiom;

public sealed class AxiomTimeStrategyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(95)]
    public async Task Every_row_comes_once_in_both_orders(int count)
    {
        foreach (var oldestFirst in new[] { false, true })
        {
            var table = new AxiomTable(Enumerable.Range(0, count).Select(i => i * AxiomTable.Second));
            var rows = await table.WalkAsync(new AxiomTimeStrategy(AxiomTable.Walk(10, oldestFirst)));
            Assert.Equal(oldestFirst ? Enumerable.Range(0, count) : Enumerable.Range(0, count).Reverse(), rows);
        }
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 1_000)]
    [InlineData(true, 1_000)]
    [InlineData(false, 1_000_000)]
    [InlineData(true, 1_000_000)]
    public async Task Rows_of_one_instant_come_once_whatever_the_server_makes_of_the_ends_of_a_range(bool endInclusive, long resolution)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var step = resolution > 1 && seed % 2 == 0 ? resolution : 1 + (seed % 3 * AxiomTable.Second / 10);
            var times = Enumerable.Range(0, random.Next(200)).Select(_ => random.Next(1 + random.Next(20)) * step).ToList();
            foreach (var oldestFirst in new[] { false, true })
            {
                var table = new AxiomTable(times) { EndInclusive = endInclusive, Resolution = resolution, Shuffles = true };
                var rows = await table.WalkAsync(new AxiomTimeStrategy(AxiomTable.Walk(1 + random.Next(12), oldestFirst)));
                Assert.Equal(Enumerable.Range(0, times.Count), rows.OrderBy(n => n));
                Assert.Equal(rows.Select(n => times[n]).OrderBy(t => oldestFirst ? t : -t), rows.Select(n => times[n]));
            }
        }
    }

    [Fact]
    public async Task A_server_that_returns_fewer_rows_than_are_asked_for_loses_none()
    {
        var table = new AxiomTable(Enumerable.Range(0, 7_500).Select(i => i / 3 * AxiomTable.Second / 10)) { Most = 1_000 };
        var rows = await table.WalkAsync(new AxiomTimeStrategy(AxiomTable.Walk(5_000)));
        Assert.Equal(Enumerable.Range(0, 7_500), rows.OrderBy(n => n));
    }

    [Fact]
    public async Task An_instant_that_is_larger_than_a_page_raises_the_limit_for_itself_alone()
    {
        var times = Enumerable.Range(0, 300).Select(i => (i is >= 100 and < 200 ? 100 : i) * AxiomTable.Second).ToList();
        var table = new AxiomTable(times);
        var rows = await table.WalkAsync(new AxiomTimeStrategy(AxiomTable.Walk(10)));

        Assert.Equal(Enumerable.Range(0, 300), rows.OrderBy(n => n));
        Assert.Contains(table.Queries, q => q.Apl.EndsWith("limit 144", StringComparison.Ordinal));
        Assert.EndsWith("limit 10", table.Queries[table.Queries.Count - 1].Apl, StringComparison.Ordinal);
        Assert.InRange(table.Queries.Count, 20, 36);
    }

    [Fact]
    public async Task An_instant_that_no_query_can_hold_is_a_clear_error()
    {
        var table = new AxiomTable(Enumerable.Repeat(5 * AxiomTable.Second, 70_000).Concat([9 * AxiomTable.Second]));
        var error = await Assert.ThrowsAsync<PagingException>(() => table.WalkAsync(new AxiomTimeStrategy(AxiomTable.Walk(20_000))));

        Assert.Contains("65,000 or more events have the time 2026-05-01T08:00:05.000000000Z", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.Received);
        Assert.NotNull(error.Checkpoint);
    }

    [Fact]
    public async Task A_walk_goes_on_from_the_position_of_any_page()
    {
        var times = Enumerable.Range(0, 60).Select(i => i / 4 * AxiomTable.Second).ToList();
        var strategy = new AxiomTimeStrategy(AxiomTable.Walk(10));
        var checkpoints = new List<Checkpoint>();
        var pager =
            new Pager<LogScalePaging.Axiom.Answers.AxiomQuery, LogScalePaging.Axiom.Answers.AxiomAnswer, LogScalePaging.Records.Record>(
                strategy, new AxiomTable(times), new PagerOptions
                {
                    Identity = new WalkIdentity("Axiom", "http://x", "t", "['t']"),
                    Signals = new LogScalePaging.Diagnostics.SignalLog(),
                });
        var counts = new List<int>();
        await foreach (var page in pager.PagesAsync(null))
        {
            counts.Add(page.Items.Count);
            if (page.Next is { } next)
                checkpoints.Add(next);
        }

        Assert.True(checkpoints.Count >= 6);
        var whole = await new AxiomTable(times).WalkAsync(strategy);
        for (var i = 0; i < checkpoints.Count; i++)
        {
            AxiomTimeStrategy.EnsureReadable(checkpoints[i].Position);
            Assert.Equal(whole.Skip(counts.Take(i + 1).Sum()), await new AxiomTable(times).WalkAsync(strategy, checkpoints[i]));
        }
    }

    [Theory]
    [InlineData("limit", null)]
    [InlineData("limit", "0")]
    [InlineData("limit", "65001")]
    [InlineData("limit", "x")]
    [InlineData("from", "x")]
    [InlineData("reach", "0")]
    [InlineData("reach", "2000000000")]
    [InlineData("held", "many")]
    public void A_damaged_position_is_refused(string name, string? value)
    {
        var position = PagePosition.Of([("limit", "10"), (name, value)]);
        if (value is null)
            position = PagePosition.Of();
        Assert.Throws<FormatException>(() => AxiomTimeStrategy.EnsureReadable(position));
    }
}
