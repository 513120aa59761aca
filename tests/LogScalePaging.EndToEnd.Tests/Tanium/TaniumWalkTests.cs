using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Tanium;

/// <summary>Walks over a simulated API Gateway that has nothing wrong.</summary>
public sealed class TaniumWalkTests
{
    public static TheoryData<int, bool, bool> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, bool, bool>();
            foreach (var records in new[] { 0, 1, 19, 20, 21, 40, 95 })
            {
                foreach (var (backward, isText) in new[] { (false, false), (true, false), (false, true), (true, true) })
                    sizes.Add(records, backward, isText);
            }
            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Every_record_comes_once(int records, bool backward, bool isText)
    {
        using var bench = new TaniumBench(records);
        var (_, ids, verdict) = await bench.WalkAsync(isText
            ? TaniumBench.Query(backward: backward) : TaniumBench.Request(backward: backward));

        TaniumBench.AssertComplete(records, ids, verdict);
        Assert.Equal(Math.Max(1, (records + 19) / 20), bench.Pages.Count);
        Assert.All(bench.Server.Requests, r => Assert.Equal(200, r.Status));
    }

    [Fact]
    public async Task Ten_thousand_endpoints_forward_and_backward_are_the_same_in_opposite_order()
    {
        using var bench = new TaniumBench(10_000);
        var forward = await bench.WalkAsync(TaniumBench.Request(pageSize: 500));
        var backward = await bench.WalkAsync(TaniumBench.Request(pageSize: 500, backward: true));

        TaniumBench.AssertComplete(10_000, forward.Ids, forward.Verdict);
        Assert.Equal(CompletenessState.Complete, backward.Verdict.State);
        Assert.Equal(forward.Records, backward.Records.AsEnumerable().Reverse());
        Assert.Equal("1", forward.Ids[0]);
    }

    [Fact]
    public async Task Records_have_the_bytes_of_the_server()
    {
        using var bench = new TaniumBench(1);
        var (records, _, _) = await bench.WalkAsync(TaniumBench.Request() with
        {
            Properties = ["host: name", "serial", "os{platform}",
            "lastLoggedInUser", "tags"]
        });

        Assert.Equal(
            "{\"id\":\"1\",\"host\":\"host-00000.example.com\",\"serial\":9007199254740993,\"os\":{\"platform\":\"Windows\"},\"lastLoggedInUser\":null,\"tags\":[\"a\",\"b\"]}",
            Assert.Single(records));
    }

    [Fact]
    public async Task A_page_has_a_hundred_records_where_nothing_is_said()
    {
        using var bench = new TaniumBench(150);
        await bench.WalkAsync(TaniumBench.Request(pageSize: LogScalePaging.Tanium.TaniumRequest.DefaultPageSize));
        Assert.Equal(2, bench.Pages.Count);
        Assert.Contains("(first: 100)", bench.Pages[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_asks_for_no_more()
    {
        using var bench = new TaniumBench(95);
        var (_, ids, verdict) = await bench.WalkAsync(TaniumBench.Request() with { MaxEvents = 7 });
        Assert.Equal((7, CompletenessState.Complete), (ids.Count, verdict.State));
        Assert.Contains("(first: 7)", Assert.Single(bench.Pages).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sensors", CompletenessState.Complete, "the count agrees")]
    [InlineData("packages", CompletenessState.Unverified, "does not state its totalRecords")]
    public async Task Only_what_a_collection_has_is_asked_for(string field, CompletenessState state, string reason)
    {
        using var bench = new TaniumBench(45);
        var (_, ids, verdict) = await bench.WalkAsync(TaniumBench.Request(field) with { Properties = ["id", "name"] });

        Assert.Equal((45, state), (ids.Distinct().Count(), verdict.State));
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("collectionInfo", bench.Pages[^1].Body, StringComparison.Ordinal);
        Assert.Contains(bench.Told, s => s.Message.Contains($"{field} does not have ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("computerGroups", "totalRecords")]
    [InlineData("softwarePackages", "totalCount")]
    public async Task A_known_collection_is_asked_at_once_for_what_it_has(string field, string total)
    {
        Assert.Contains(field, LogScalePaging.Tanium.TaniumRequest.KnownFields);
        using var bench = new TaniumBench(45);
        var (_, ids, verdict) = await bench.WalkAsync(TaniumBench.Request(field) with { Properties = ["id", "name"] });

        TaniumBench.AssertComplete(45, ids, verdict);
        Assert.All(bench.Server.Requests, r => Assert.Contains($" {total} ", r.Request.Body, StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Told, s => s.Message.Contains("does not have ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_query_without_a_total_is_not_verified_and_says_why()
    {
        using var bench = new TaniumBench(45);
        var (_, ids, verdict) = await bench.WalkAsync(TaniumBench.Query(fields: null));
        Assert.Equal((45, CompletenessState.Unverified), (ids.Count, verdict.State));
        Assert.Contains("the query does not ask for totalRecords", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("endpointz", "Cannot query field")]
    [InlineData("endpoints", "Cannot query field \"colour\"")]
    public async Task A_field_that_does_not_exist_is_the_servers_error(string field, string why)
    {
        using var bench = new TaniumBench(5);
        var error = await Assert.ThrowsAsync<PagingException>(() =>
            bench.WalkAsync(TaniumBench.Request(field) with { Properties = ["id", "colour"] }));
        Assert.Equal(PagingErrorKind.RequestFailed, error.Kind);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_that_cannot_be_read_backward_says_so()
    {
        using var bench = new TaniumBench(5);
        var error = await Assert.ThrowsAsync<PagingException>(() => bench.WalkAsync(TaniumBench.Request("packages", backward: true)));
        Assert.Contains("Unknown argument \"last\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refresh_comes_before_the_first_page(bool backward)
    {
        using var bench = new TaniumBench(45);
        var (_, ids, verdict) = await bench.WalkAsync(TaniumBench.Request(backward: backward) with { Refresh = true });

        TaniumBench.AssertComplete(45, ids, verdict);
        Assert.Single(bench.Pages, r => r.Body.Contains("refresh: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Records_that_a_refresh_removes_are_not_missing()
    {
        using var bench = new TaniumBench(95, o => o.RemovedByRefresh = 10);
        var (_, ids, verdict) = await bench.WalkAsync(TaniumBench.Request() with { Refresh = true });
        Assert.Equal((85, CompletenessState.Complete), (ids.Distinct().Count(), verdict.State));
    }

    [Fact]
    public async Task A_result_that_is_not_counted_says_that_it_is_over_a_part_of_the_estate()
    {
        using var bench = new TaniumBench(100, o => o.Responded = 50);
        await bench.WalkAsync(TaniumBench.Request() with { NoVerify = true });
        Assert.Contains(bench.Told, s => s is { Level: SignalLevel.Warning }
            && s.Message.Contains("only 50 of 100 endpoints", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refresh_goes_into_the_variable_of_a_query()
    {
        using var bench = new TaniumBench(45);
        var request = TaniumBench.Query("totalRecords collectionInfo { startCursor }");
        request = request with
        {
            Query = request.Query.Replace("$c: Cursor)", "$c: Cursor, $r: Cursor)",
            StringComparison.Ordinal).Replace("after: $c", "after: $c, refresh: $r", StringComparison.Ordinal),
            Refresh = true
        };
        var (_, ids, verdict) = await bench.WalkAsync(request);

        TaniumBench.AssertComplete(45, ids, verdict);
        Assert.Single(bench.Server.Requests, r => r.Body.Contains("\"r\":\"C+", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collection_that_cannot_be_refreshed_says_so()
    {
        using var bench = new TaniumBench(45);
        var error = await Assert.ThrowsAsync<PagingException>(() =>
            bench.WalkAsync(TaniumBench.Request("sensors") with { Refresh = true }));
        Assert.Contains("sensors cannot be refreshed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_result_over_a_part_of_the_estate_says_so(bool isText)
    {
        using var bench = new TaniumBench(100, o => o.Responded = 50);
        var (_, ids, verdict) = await bench.WalkAsync(isText
            ? TaniumBench.Query("totalRecords collectionInfo { expectedTotal respondedTotal }") : TaniumBench.Request());
        Assert.Equal((100, CompletenessState.Unverified), (ids.Count, verdict.State));
        Assert.Contains("only 50 of 100 endpoints of the estate have answered", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_that_did_not_succeed_says_so()
    {
        using var bench = new TaniumBench(30, o => o.Success = false);
        var (_, _, verdict) = await bench.WalkAsync();
        Assert.Equal(CompletenessState.Unverified, verdict.State);
        Assert.Contains("did not succeed", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_in_the_header_session_and_nowhere_else()
    {
        using var bench = new TaniumBench(45);
        bench.Options.Faults.Add(Fault.Status(500, $"your token is {TaniumBench.Secret}"), RequestKind.Query, 2);
        await bench.WalkAsync();
        Assert.All(bench.Server.Requests, r => Assert.True(r.HasAuthorization));
        Assert.DoesNotContain(bench.Told, s => s.Message.Contains(TaniumBench.Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Server.Requests, r => r.Body.Contains(TaniumBench.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Values_of_a_query_go_into_its_variables()
    {
        using var bench = new TaniumBench(45);
        var request = TaniumBench.Query();
        request = request with
        {
            Query = request.Query.Replace("$c: Cursor)", "$c: Cursor, $f: EndpointFieldFilter)",
                StringComparison.Ordinal).Replace("after: $c", "after: $c, filter: $f", StringComparison.Ordinal),
            Arguments = new Dictionary<string, string> { ["f"] = "{\"path\":\"os.platform\",\"value\":\"Linux\"}" },
        };
        await bench.WalkAsync(request);
        Assert.All(bench.Server.Requests, r =>
            Assert.Equal("Linux",
                JsonDocument.Parse(r.Body).RootElement.GetProperty("variables").GetProperty("f").GetProperty("value").GetString()));
    }
}
