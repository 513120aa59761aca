using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.FalconRest;

/// <summary>Each way in which pages lose records, for every family that it can happen to.</summary>
public sealed class LostPageTests
{
    private const string Graph = "/threatgraph/combined/edges/v1";
    private const string Scroll = "/devices/queries/devices-scroll/v1";

    public static TheoryData<string> All => [.. FalconRequest.KnownEndpoints.Where(path => path != Graph)];

    public static TheoryData<string> WithToken => [.. FalconFamilies.All.Where(f =>
        f is { HasTotal: true, Continuation.IsOffset: false }).Select(f => f.Path)];

    public static TheoryData<string> ByOffset => [.. FalconFamilies.All.Where(f => f.Continuation is { IsOffset: true }).Select(f =>
        f.Path)];

    [Theory]
    [MemberData(nameof(WithToken))]
    public async Task A_missing_token_is_named_and_repaired(string endpoint)
    {
        foreach (var kind in new[] { RestFaultKind.EmptyToken, RestFaultKind.NoToken })
        {
            using var bench = new FalconRestBench(95, f => f.PageFaults = [new RestFault(kind, 3)]);
            await EnsureCompleteAsync(bench, endpoint, 95);

            Assert.Contains(bench.Told, s => s is { Kind: SignalKind.ContinuationMissing, Level: SignalLevel.Warning }
                && s.Message.Contains("35 of 95 records", StringComparison.Ordinal));
            EnsureNoEmptyToken(bench);
        }
    }

    [Fact]
    public async Task A_token_that_is_always_missing_ends_incomplete()
    {
        using var bench = new FalconRestBench(95, f => f.PageFaults = [new RestFault(RestFaultKind.EmptyToken, 1, int.MaxValue)]);
        var (_, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request(Scroll));

        Assert.Equal(20, ids.Count);
        Assert.Equal((CompletenessState.Incomplete, 75), (verdict.State, verdict.Missing));
    }

    [Theory]
    [MemberData(nameof(WithToken))]
    public async Task An_expired_token_is_named_and_the_walk_begins_again(string endpoint)
    {
        foreach (var status in new[] { 400, 401, 404, 200 })
        {
            using var bench = new FalconRestBench(95, f => (f.PageFaults, f.ExpiredStatus) = ([new RestFault(RestFaultKind.ExpiredToken,
                4, status == 401 ? 2 : 1)], status));
            await EnsureCompleteAsync(bench, endpoint, 95);

            Assert.Contains(bench.Told, s => s is { Kind: SignalKind.ContinuationExpired, Level: SignalLevel.Warning });
        }
    }

    [Theory]
    [MemberData(nameof(WithToken))]
    public async Task The_same_token_twice_is_an_error_and_what_was_read_is_kept(string endpoint)
    {
        using var bench = new FalconRestBench(95, f => f.PageFaults = [new RestFault(RestFaultKind.RepeatedToken, 3)]);
        var error = await Assert.ThrowsAsync<PagingException>(() => bench.WalkAsync(FalconRestBench.Request(endpoint)));

        Assert.Equal((PagingErrorKind.PositionRepeated, 40L), (error.Kind, error.Received));
        Assert.NotNull(error.Checkpoint);
    }

    [Theory]
    [MemberData(nameof(WithToken))]
    public async Task Tokens_in_a_circle_are_an_error(string endpoint)
    {
        using var bench = new FalconRestBench(95, f => f.PageFaults = [new RestFault(RestFaultKind.FirstToken, 3)]);
        var error = await Assert.ThrowsAsync<PagingException>(() => bench.WalkAsync(FalconRestBench.Request(endpoint)));

        Assert.Equal(PagingErrorKind.PositionRepeated, error.Kind);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_sparse_or_empty_page_is_not_the_end(string endpoint)
    {
        foreach (var kind in new[] { RestFaultKind.SparsePage, RestFaultKind.EmptyPage })
        {
            using var bench = new FalconRestBench(95, f => f.PageFaults = [new RestFault(kind, 2, 2)]);
            await EnsureCompleteAsync(bench, endpoint, 95);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_total_that_is_wrong_on_some_page_changes_nothing(string endpoint)
    {
        foreach (var value in new long[] { 0, 1, 40, 5_000 })
        {
            foreach (var page in new[] { 1, 3, 5 })
            {
                using var bench = new FalconRestBench(95, f => f.PageFaults = [new RestFault(RestFaultKind.Total, page) { Value = value }]);
                await EnsureCompleteAsync(bench, endpoint, 95);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_count_that_is_wrong_once_changes_nothing(string endpoint)
    {
        foreach (var value in new long[] { 0, 40, 5_000 })
        {
            foreach (var count in new[] { 1, 2, 3 })
            {
                using var bench = new FalconRestBench(95, f =>
                    f.PageFaults = [new RestFault(RestFaultKind.Total, count) { Value = value, OnCounts = true }]);
                await EnsureCompleteAsync(bench, endpoint, 95);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_missing_token_beside_a_wrong_total_is_never_complete_with_records_lost(string endpoint)
    {
        foreach (var value in new long[] { 0, 60, 5_000 })
        {
            using var bench = new FalconRestBench(95, f => f.PageFaults = [new RestFault(RestFaultKind.EmptyToken, 3),
                new RestFault(RestFaultKind.Total, 3) { Value = value }]);
            await EnsureCompleteAsync(bench, endpoint, 95);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Records_that_are_counted_and_never_listed_are_missing(string endpoint)
    {
        using var bench = new FalconRestBench(95, f => f.HiddenRecords = 2);
        var (_, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request(endpoint));

        Assert.Equal((95, 95), (ids.Count, ids.Distinct().Count()));
        Assert.Equal((CompletenessState.Incomplete, 2), (verdict.State, verdict.Missing));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Records_that_appear_are_read_or_called_late(string endpoint)
    {
        using var bench = new FalconRestBench(95, f => (f.AddedPerPage, f.ChangingPages) = (3, 4));
        var (_, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request(endpoint));

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.True(ids.Count >= 95);
        Assert.NotEqual(CompletenessState.Incomplete, verdict.State);
        Assert.Contains(bench.Told, s => s.Kind == SignalKind.TotalChanged);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Records_that_vanish_take_no_stable_record_with_them(string endpoint)
    {
        using var bench = new FalconRestBench(95, f => (f.RemovedPerPage, f.ChangingPages) = (2, 4));
        var (_, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request(endpoint));
        bench.Falcon.RemovedPerPage = 0;
        var (_, stable, _) = await bench.WalkAsync(FalconRestBench.Request(endpoint));

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(stable.Except(ids));
        Assert.NotEqual((CompletenessState.Incomplete, 0L), (verdict.State, verdict.Missing));
    }

    [Theory]
    [MemberData(nameof(ByOffset))]
    public async Task Records_that_vanish_behind_a_total_that_stays_are_noticed(string endpoint)
    {
        using var bench = new FalconRestBench(95, f => (f.RemovedPerPage, f.AddedPerPage, f.ChangingPages) = (2, 2, 4));
        var (_, ids, _) = await bench.WalkAsync(FalconRestBench.Request(endpoint));
        var (_, stable, _) = await bench.WalkAsync(FalconRestBench.Request(endpoint));

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(stable.Except(ids));
    }

    [Theory]
    [MemberData(nameof(ByOffset))]
    public async Task Pages_of_one_record_come_to_an_end(string endpoint)
    {
        using var bench = new FalconRestBench(7);
        var (_, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request(endpoint, pageSize: 1));

        Assert.Equal((7, 7), (ids.Count, ids.Distinct().Count()));
        Assert.Equal(CompletenessState.Complete, verdict.State);
    }

    [Fact]
    public async Task A_walk_from_a_last_good_offset_reads_only_what_is_left()
    {
        using var bench = new FalconRestBench(95, f => f.PageFaults = [new RestFault(RestFaultKind.ExpiredToken, 4)]);
        await EnsureCompleteAsync(bench, "/iocs/combined/indicator/v1", 95);

        Assert.Contains(bench.Lists, r => r.Request.Query.Contains("offset=40", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tokens_are_percent_encoded()
    {
        using var bench = new FalconRestBench(95);
        await EnsureCompleteAsync(bench, Scroll, 95);

        Assert.Contains(bench.Lists, r => r.Request.Query.Contains("offset=T%2B", StringComparison.Ordinal)
            && r.Request.Query.Contains("%2F%3D%3D", StringComparison.Ordinal));
    }

    private static async Task EnsureCompleteAsync(FalconRestBench bench, string endpoint, int count, TimeProvider? time = null)
    {
        var (_, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request(endpoint), time);

        Assert.Equal(count, ids.Count);
        Assert.Equal(count, ids.Distinct().Count());
        Assert.True(verdict.State == CompletenessState.Complete, $"{endpoint}: {verdict.State}: {verdict.Reason}");
        EnsureNoEmptyToken(bench);
    }

    private static void EnsureNoEmptyToken(FalconRestBench bench) => Assert.All(
        bench.Lists,
        r => Assert.DoesNotMatch("(offset|after|next_token)=(&|$)|\"after\":\"\"", r.Request.Query + r.Request.Body));
}
