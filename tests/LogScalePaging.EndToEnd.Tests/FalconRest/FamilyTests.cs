using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.FalconRest;

/// <summary>Every family of the table, over real HTTP.</summary>
public sealed class FamilyTests
{
    private const string Graph = "/threatgraph/combined/edges/v1";

    public static TheoryData<string, int> Walks
    {
        get
        {
            var walks = new TheoryData<string, int>();
            foreach (var endpoint in FalconRequest.KnownEndpoints)
            {
                foreach (var count in new[] { 0, 1, 19, 20, 21, 60, 75 })
                    walks.Add(endpoint, count);
            }
            return walks;
        }
    }

    public static TheoryData<string> Endpoints => [.. FalconRequest.KnownEndpoints];

    public static TheoryData<string> WithDetails => [.. FalconFamilies.All.Where(f => f.Details is not null).Select(f => f.Path)];

    [Theory]
    [MemberData(nameof(Walks))]
    public async Task Every_record_comes_once_and_in_order(string endpoint, int count)
    {
        using var bench = new FalconRestBench(count);
        var (_, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request(endpoint));

        Assert.Equal(count, ids.Count);
        Assert.Equal(count, ids.Distinct().Count());
        Assert.Equal(endpoint == Graph ? CompletenessState.Unverified : CompletenessState.Complete, verdict.State);
        Assert.DoesNotContain(bench.Told, s => s.Level == SignalLevel.Warning && endpoint != Graph);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task The_default_page_size_is_the_most_that_the_family_has(string endpoint)
    {
        using var bench = new FalconRestBench(3);
        await bench.WalkAsync(FalconRestBench.Request(endpoint) with { PageSize = null });

        var most = RestEndpoint.Known.First(e => e.Path == endpoint).MaxPage;
        Assert.Contains(bench.Lists, r => (r.Request.Query + r.Request.Body).Contains(endpoint.Contains("alerts/combined",
            StringComparison.Ordinal) ? $"\"limit\":{most}" : $"limit={most}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bare_ids_become_records_and_records_keep_their_bytes()
    {
        using var bench = new FalconRestBench(2);
        var (ids, _, _) = await bench.WalkAsync(FalconRestBench.Request("/devices/queries/devices-scroll/v1"));
        var (hosts, _, _) = await bench.WalkAsync(FalconRestBench.Request("/devices/combined/devices/v1"));

        Assert.Matches("^{\"id\":\"[0-9a-f]{32}\"}$", ids[0]);
        Assert.Contains("\"agent_id\":9007199254740993,\"risk\":0.10,", hosts[0], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WithDetails))]
    public async Task Details_come_in_the_order_of_the_ids(string endpoint)
    {
        using var bench = new FalconRestBench(45);
        var request = FalconRestBench.Request(endpoint);
        var (ids, _, _) = await bench.WalkAsync(request);
        var (records, found, verdict) = await bench.WalkAsync(request with { Detailed = true });

        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Equal(ids.Select(id => id[7..^2]), found);
        Assert.All(records, r => Assert.Contains("\"policies\":[{", r, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(WithDetails))]
    public async Task A_record_without_details_is_reported_and_does_not_move_the_walk(string endpoint)
    {
        using var bench = new FalconRestBench(45, f => f.WithoutDetails = 3);
        var (records, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request(endpoint) with { Detailed = true });

        Assert.Equal((45, 45), (records.Count, ids.Distinct().Count()));
        Assert.Equal(CompletenessState.Unverified, verdict.State);
        Assert.Contains("3 records have only their ids", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains(bench.Told, s => s is { Kind: SignalKind.DetailsMissing, Level: SignalLevel.Warning, Count: 3 });
        Assert.DoesNotContain(bench.Told, s => s.Kind == SignalKind.ContinuationMissing);
    }

    [Fact]
    public async Task Details_that_were_left_out_once_are_asked_for_again()
    {
        using var bench = new FalconRestBench(45, f => f.ForgetfulDetails = 1);
        var (records, _, verdict) = await bench.WalkAsync(FalconRestBench
            .Request("/devices/queries/devices-scroll/v1") with
        { Detailed = true });

        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.All(records, r => Assert.Contains("\"policies\":[{", r, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RestShape.OffsetNext)]
    [InlineData(RestShape.OffsetGiven)]
    [InlineData(RestShape.Scroll)]
    [InlineData(RestShape.Next)]
    [InlineData(RestShape.After)]
    [InlineData(RestShape.AfterAndOffset)]
    [InlineData(RestShape.NextTokenInside)]
    [InlineData(RestShape.NextTokenBeside)]
    [InlineData(RestShape.NextTokenNested)]
    [InlineData(RestShape.Graph)]
    [InlineData(RestShape.Whole)]
    public async Task An_unknown_endpoint_works_when_its_answers_have_a_known_shape(RestShape shape)
    {
        using var bench = new FalconRestBench(45, f => f.Endpoints = [new RestEndpoint("/things/combined/things/v7", "things", "id",
            shape, 100)]);
        var (_, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request("/things/combined/things/v7"));

        Assert.Equal(45, ids.Distinct().Count());
        Assert.Equal(45, ids.Count);
        Assert.Equal(shape == RestShape.Whole ? CompletenessState.Unverified : CompletenessState.Complete, verdict.State);
    }

    [Fact]
    public async Task An_answer_of_another_shape_is_an_error_that_lists_the_shapes()
    {
        using var bench = new FalconRestBench(1, f => f.Endpoints = [new RestEndpoint("/things/combined/things/v7", "things", "id",
            RestShape.After, 100)]);
        bench.Server.Faults.Add(Fault.Status(200, "{\"things\":[]}", ("Content-Type", "application/json")), RequestKind.Rest,
            times: int.MaxValue);
        var error = await Assert.ThrowsAsync<PagingException>(() =>
            bench.WalkAsync(FalconRestBench.Request("/things/combined/things/v7"), new Support.FastTimeProvider(200)));

        Assert.Contains("meta.pagination.after, meta.pagination.next_token", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_ends_the_walk_and_asks_for_no_more()
    {
        using var bench = new FalconRestBench(200);
        var (_, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request("/devices/combined/devices/v1") with { MaxEvents = 7 });

        Assert.Equal(7, ids.Count);
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Contains(bench.Lists, r => r.Request.Query.Contains("limit=7", StringComparison.Ordinal));
    }
}
