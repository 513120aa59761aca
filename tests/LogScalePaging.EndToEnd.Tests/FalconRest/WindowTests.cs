using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.EndToEnd.Tests.FalconRest;

/// <summary>Offset and page size together are bounded, at 10,000 on the real servers.</summary>
public sealed class WindowTests
{
    private const int Records = 10_500;

    [Theory]
    [InlineData("/devices/queries/devices/v1", "/devices/queries/devices-scroll/v1")]
    [InlineData("/alerts/queries/alerts/v2", "/alerts/combined/alerts/v1")]
    public async Task Past_the_window_the_walk_goes_on_with_the_token_family(string endpoint, string family)
    {
        using var bench = new FalconRestBench(Records);
        var (records, ids, verdict) = await bench.WalkAsync(new FalconRequest(endpoint));

        Assert.Equal((Records, Records), (ids.Count, ids.Distinct().Count()));
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.All(records, r => Assert.StartsWith("{\"id\":", r, StringComparison.Ordinal));
        Assert.Contains(bench.Told, s => s is { Kind: SignalKind.StrategyChosen, Level: SignalLevel.Verbose }
            && s.Message.Contains(family, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Details_come_past_the_window_as_well()
    {
        using var bench = new FalconRestBench(Records);
        foreach (var endpoint in new[] { "/devices/queries/devices/v1", "/alerts/queries/alerts/v2" })
        {
            var (records, ids, verdict) = await bench.WalkAsync(new FalconRequest(endpoint) { Detailed = true });

            Assert.Equal((Records, Records), (ids.Count, ids.Distinct().Count()));
            Assert.Equal(CompletenessState.Complete, verdict.State);
            Assert.All(records, r => Assert.Contains("\"policies\"", r, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(null, "device_id", ">=")]
    [InlineData("device_id.desc", "device_id", "<=")]
    [InlineData("first_seen.asc", "first_seen", ">=")]
    public async Task Past_the_window_the_walk_goes_on_by_a_key(string? sortBy, string key, string comparison)
    {
        using var bench = new FalconRestBench(Records);
        var (_, ids, verdict) = await bench.WalkAsync(new FalconRequest("/devices/combined/host-group-members/v1")
        {
            SortBy = sortBy,
            Query = "status:!'gone'"
        });

        Assert.Equal((Records, Records), (ids.Count, ids.Distinct().Count()));
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Contains(bench.Lists, r => Uri.UnescapeDataString(r.Request.Query).Contains($"(status:!'gone')+{key}:{comparison}'",
            StringComparison.Ordinal));
        Assert.Contains(bench.Told, s => s.Kind == SignalKind.StrategyChosen && s.Message.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_by_a_field_that_may_change_ends_at_the_window_and_says_so()
    {
        using var bench = new FalconRestBench(Records);
        var (_, ids, verdict) = await bench.WalkAsync(new FalconRequest("/devices/combined/host-group-members/v1")
        {
            SortBy = "hostname.asc"
        });

        Assert.Equal(10_000, ids.Distinct().Count());
        Assert.Equal((CompletenessState.Incomplete, 500L), (verdict.State, verdict.Missing));
        Assert.Contains(bench.Told, s => s.Kind == SignalKind.Ended
            && s.Message.Contains("Use a narrower filter", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(9_999)]
    [InlineData(10_000)]
    public async Task Within_the_window_the_offset_is_enough(int records)
    {
        using var bench = new FalconRestBench(records);
        var (_, ids, verdict) = await bench.WalkAsync(new FalconRequest("/devices/queries/devices/v1") { PageSize = 4_000 });

        Assert.Equal(records, ids.Distinct().Count());
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.DoesNotContain(bench.Told, s => s.Kind == SignalKind.StrategyChosen);
        Assert.All(bench.Lists, r => Assert.Equal(200, r.Status));
    }

    [Fact]
    public async Task A_result_that_grows_past_the_window_is_followed()
    {
        using var bench = new FalconRestBench(9_900, f => (f.AddedPerPage, f.ChangingPages) = (150, 2));
        var (_, ids, verdict) = await bench.WalkAsync(new FalconRequest("/devices/queries/devices/v1"));

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.True(ids.Count >= 9_900);
        Assert.NotEqual(CompletenessState.Incomplete, verdict.State);
    }
}
