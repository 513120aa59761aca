using LogScalePaging.Axiom.Strategies;

namespace LogScalePaging.Core.Tests.Axiom;

public sealed class AxiomCursorStrategyTests
{
    [Fact]
    public async Task Every_row_comes_once_although_rows_of_one_instant_come_in_any_order()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var times = Enumerable.Range(0, random.Next(200)).Select(_ => random.Next(1 + random.Next(20)) * AxiomTable.Second).ToList();
            foreach (var oldestFirst in new[] { false, true })
            {
                var table = new AxiomTable(times) { Shuffles = seed % 2 == 0 };
                var rows = await table.WalkAsync(new AxiomCursorStrategy(AxiomTable.Walk(1 + random.Next(12), oldestFirst)));
                Assert.Equal(Enumerable.Range(0, times.Count), rows.OrderBy(n => n));
            }
        }
    }

    [Fact]
    public async Task A_server_that_returns_fewer_rows_than_are_asked_for_loses_none()
    {
        var table = new AxiomTable(Enumerable.Range(0, 500).Select(i => i / 3 * AxiomTable.Second)) { Most = 40 };
        var rows = await table.WalkAsync(new AxiomCursorStrategy(AxiomTable.Walk(100)));
        Assert.Equal(Enumerable.Range(0, 500), rows.OrderBy(n => n));
    }
}
