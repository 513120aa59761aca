using LogScalePaging.Diagnostics;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Tanium;

/// <summary>Collections that change while they are read, and totals that are wrong.</summary>
public sealed class TaniumChangeTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Endpoints_that_appear_and_vanish_lose_no_other(bool areOffsets, bool backward)
    {
        using var bench = new TaniumBench(95, o =>
            (o.CursorsAreOffsets, o.AddedPerPage, o.RemovedPerPage, o.ChangingPages) = (areOffsets, 2, 3, 4));
        var (_, ids, verdict) = await bench.WalkAsync(TaniumBench.Request(backward: backward));

        Assert.Equal(ids.Distinct(), ids);
        // Those that were there all the time.
        Assert.Empty(Enumerable.Range(13, 83).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).Except(ids));
        Assert.NotEqual(CompletenessState.Complete, verdict.State);
        Assert.Contains(bench.Told, s => s.Kind == SignalKind.TotalChanged);
    }

    [Fact]
    public async Task A_total_that_grew_is_reported_and_in_the_verdict()
    {
        using var bench = new TaniumBench(95, o => o.ChangingPages = 3);
        // The first count is made by then.
        var (_, ids, verdict) = await bench.WalkAsync(afterPage: _ => bench.Options.AddedPerPage = 1);

        Assert.Equal((97, 97, CompletenessState.Unverified), (ids.Count, ids.Distinct().Count(), verdict.State));
        Assert.Contains("totalRecords moved from 95 to 97 while the records were read", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains(bench.Told, s => s.Kind == SignalKind.TotalChanged
            && s.Message.Contains("states a total of 97, after 95", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_total_that_moved_and_came_back_is_in_the_verdict()
    {
        using var bench = new TaniumBench(95, o => o.PageFaults =
        [
            new TaniumFault(TaniumFaultKind.Total, 2, 2) { Value = 96 },
        ]);
        var (_, ids, verdict) = await bench.WalkAsync();
        // The second page states 96 in both answers, the third one 95 again: the total fell, so all pages are read once more.
        TaniumBench.AssertComplete(95, ids, verdict);
        Assert.Contains(bench.Told, s => s is { Kind: SignalKind.TotalChanged, Level: SignalLevel.Warning });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(94)]
    [InlineData(5_000)]
    public async Task A_total_that_is_wrong_once_is_read_again(int wrong)
    {
        for (var nth = 1; nth <= 6; nth++)
        {
            foreach (var onCounts in new[] { false, true })
            {
                using var bench = new TaniumBench(95, o =>
                    o.PageFaults = [new TaniumFault(TaniumFaultKind.Total, nth) { Value = wrong, OnCounts = onCounts }]);
                var (_, ids, verdict) = await bench.WalkAsync();
                TaniumBench.AssertComplete(95, ids, verdict);
            }
        }
    }

    [Theory]
    [InlineData(94)]
    [InlineData(96)]
    [InlineData(0)]
    public async Task A_total_that_is_always_wrong_is_never_complete(int wrong)
    {
        using var bench = new TaniumBench(95, o => o.PageFaults =
        [
            new TaniumFault(TaniumFaultKind.Total, 1, int.MaxValue) { Value = wrong },
            new TaniumFault(TaniumFaultKind.Total, 1, int.MaxValue) { Value = wrong, OnCounts = true },
        ]);
        var (_, ids, verdict) = await bench.WalkAsync();
        Assert.Equal(95, ids.Distinct().Count());
        Assert.NotEqual(CompletenessState.Complete, verdict.State);
    }
}
