using System.Text.Json.Nodes;
using LogScalePaging.EndToEnd.Tests.Support;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class PollTests
{
    // As recorded from a LogScale server; newer ones send more.
    private static readonly string[] RecordedMetaData =
    [
        "eventCount", "extraData", "filterQuery", "isAggregate", "pollAfter", "processedBytes", "processedEvents", "queryEnd", "queryStart",
        "resultBufferSize", "timeMillis", "totalWork", "warnings", "workDone",
    ];

    private static readonly string[] RecordedFilterQuery =
        ["queryString", "isInteractive", "includeDeletedEvents", "end", "showQueryEventDistribution", "isLive", "start",
            "noResultUntilDone"];

    [Fact]
    public async Task A_filter_query_gives_the_newest_200_and_says_that_there_are_more()
    {
        using var client = new SimulatorClient();

        var id = await client.CreateAsync("#event_simpleName=ProcessRollup2");
        var text = await (await client.GetJobAsync(id)).Content.ReadAsStringAsync();
        var poll = JsonNode.Parse(text)!;
        var truth = client.Server.Events.Matching("#event_simpleName=ProcessRollup2");

        Assert.Equal(["cancelled", "done", "events", "metaData"], poll.AsObject().Select(p => p.Key));
        Assert.False(poll["cancelled"]!.GetValue<bool>());
        Assert.True(poll["done"]!.GetValue<bool>());
        Assert.StartsWith("{\"cancelled\":false,\"done\":true,\"events\":[" + string.Join(",", truth.Take(200)) + "],", text,
            StringComparison.Ordinal);
        var meta = poll["metaData"]!.AsObject();
        Assert.Empty(RecordedMetaData.Except(meta.Select(p => p.Key)));
        Assert.Equal(RecordedFilterQuery, meta["filterQuery"]!.AsObject().Select(p => p.Key));
        Assert.Equal("#event_simpleName=ProcessRollup2", meta["filterQuery"]!["queryString"]!.GetValue<string>());
        Assert.Equal("true", SimulatorClient.HasMore(poll));
        Assert.Equal(200, meta["eventCount"]!.GetValue<int>());
        Assert.Equal(200, meta["resultBufferSize"]!.GetValue<int>());
        Assert.Equal(truth.Count, meta["processedEvents"]!.GetValue<int>());
        Assert.False(meta["isAggregate"]!.GetValue<bool>());
        Assert.Equal(19_736, meta["pollAfter"]!.GetValue<int>());
        Assert.Equal(meta["totalWork"]!.GetValue<int>(), meta["workDone"]!.GetValue<int>());
    }

    [Fact]
    public async Task Polling_again_gives_the_same()
    {
        using var client = new SimulatorClient(o => o.TimeProvider = new ManualTimeProvider());
        var id = await client.CreateAsync("*");

        var first = await (await client.GetJobAsync(id)).Content.ReadAsStringAsync();

        Assert.Equal(first, await (await client.GetJobAsync(id)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_result_that_fits_the_buffer_has_no_more_events()
    {
        using var client = new SimulatorClient(o => (o.EventCount, o.BufferSize) = (50, 50));

        var poll = await client.RunAsync("*");
        Assert.Equal("false", SimulatorClient.HasMore(poll));
        Assert.Equal(50, poll["events"]!.AsArray().Count);

        client.Options.BufferSize = 49;
        poll = await client.RunAsync("*");
        Assert.Equal("true", SimulatorClient.HasMore(poll));
        Assert.Equal(49, poll["events"]!.AsArray().Count);
    }

    [Fact]
    public async Task Pages_lie_inside_the_buffer()
    {
        using var client = new SimulatorClient();
        var id = await client.CreateAsync("*");
        var all = SimulatorClient.Values(await client.PollAsync(id), "@id");

        var page = await client.PollAsync(id, "?paginationOffset=150&paginationLimit=20");
        Assert.Equal(all.Skip(150).Take(20), SimulatorClient.Values(page, "@id"));
        Assert.Equal(200, page["metaData"]!["eventCount"]!.GetValue<int>());
        Assert.Equal(10, (await client.PollAsync(id, "?paginationOffset=190&paginationLimit=2147483647"))["events"]!.AsArray().Count);
        Assert.Empty((await client.PollAsync(id, "?paginationOffset=2147483647&paginationLimit=5"))["events"]!.AsArray());
        Assert.Equal(400, (int)(await client.GetJobAsync(id, "?paginationLimit=-1")).StatusCode);
        Assert.Equal(400, (int)(await client.GetJobAsync(id, "?paginationOffset=2147483648")).StatusCode);
    }

    [Theory]
    [InlineData("asc", "9 10 n/a x -")]
    [InlineData("desc", "x n/a 10 9 -")]
    [InlineData(null, "x n/a 10 9 -")]
    public async Task Numbers_sort_as_numbers_and_before_all_else(string? order, string expected)
    {
        using var client = SimulatorClient.With(null,
            SimulatorClient.Event("1", 1, "\"k.v\":\"10\""), SimulatorClient.Event("2", 2, "\"k.v\":\"x\""), SimulatorClient.Event("3", 3),
            SimulatorClient.Event("4", 4, "\"k.v\":\"9\""), SimulatorClient.Event("5", 5, "\"k.v\":\"n/a\""));
        var id = await client.CreateAsync("*");

        var poll = await client.PollAsync(id, "?paginationLimit=10&sortBy=k%2Ev" + (order is null ? "" : "&sortOrder=" + order));

        Assert.Equal(expected, string.Join(" ", SimulatorClient.Values(poll, "k.v")));
        Assert.Equal("1 2 3 4 5", SimulatorClient.Ids(await client.PollAsync(id, "?sortBy=k.v")));
        Assert.Equal(400, (int)(await client.GetJobAsync(id, "?paginationLimit=10&sortBy=a&sortOrder=up")).StatusCode);
    }

    [Fact]
    public async Task A_heartbeat_returns_only_metadata()
    {
        using var client = new SimulatorClient();
        var id = await client.CreateAsync("*");

        var answer = await client.PollAsync(id, "?onlyHeartbeat=true&mimeType=text/csv&paginationLimit=5");

        Assert.Empty(answer["events"]!.AsArray());
        Assert.Equal(200, answer["metaData"]!["eventCount"]!.GetValue<int>());
        Assert.Equal(1, client.Server.Jobs[0].Heartbeats);
        Assert.Equal(0, client.Server.Jobs[0].Polls);
    }

    [Fact]
    public async Task A_job_takes_its_time()
    {
        var time = new ManualTimeProvider();
        using var client = new SimulatorClient(o =>
        {
            (o.TimeProvider, o.JobDuration, o.PollAfterMs) = (time, TimeSpan.FromSeconds(10), 2_204);
        });
        var id = await client.CreateAsync("*");
        time.Advance(TimeSpan.FromSeconds(5));

        var poll = await client.PollAsync(id);
        Assert.False(poll["done"]!.GetValue<bool>());
        Assert.Empty(poll["events"]!.AsArray());
        Assert.Equal(2_204, poll["metaData"]!["pollAfter"]!.GetValue<int>());
        Assert.Equal(5, poll["metaData"]!["workDone"]!.GetValue<int>());
        Assert.Equal(5_000, poll["metaData"]!["timeMillis"]!.GetValue<int>());

        client.Options.PartialEventsWhileRunning = true;
        Assert.Equal(100, (await client.PollAsync(id))["events"]!.AsArray().Count);
        var patient = await client.CreateAsync("*", more: ",\"noResultUntilDone\":true");
        Assert.Empty((await client.PollAsync(patient))["events"]!.AsArray());

        time.Advance(TimeSpan.FromSeconds(5));
        client.Options.PollAfterDoneMs = 7;
        poll = await client.PollAsync(id);
        Assert.True(poll["done"]!.GetValue<bool>());
        Assert.Equal(200, poll["events"]!.AsArray().Count);
        Assert.Equal(7, poll["metaData"]!["pollAfter"]!.GetValue<int>());

        time.Advance(TimeSpan.FromSeconds(5));
        poll = await client.PollAsync(id);
        Assert.Equal(10_000, poll["metaData"]!["timeMillis"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_live_job_looks_again_at_each_poll()
    {
        var time = new ManualTimeProvider();
        using var client = SimulatorClient.With(o => o.TimeProvider = time, SimulatorClient.Event("old", 500));
        var live = await client.CreateAsync("*", "1h", "now", ",\"isLive\":true");
        var fixedJob = await client.CreateAsync("*", "1h", "now");
        time.Advance(TimeSpan.FromSeconds(2));
        client.Server.Events.Add(SimulatorClient.Event("new", -1_000));

        var poll = await client.PollAsync(live);
        Assert.Equal("new old", SimulatorClient.Ids(poll));
        Assert.Equal(SimulatorClient.NowMs + 2_000, poll["metaData"]!["queryEnd"]!.GetValue<long>());
        Assert.Equal(50, poll["metaData"]!["pollAfter"]!.GetValue<int>());
        Assert.Equal("old", SimulatorClient.Ids(await client.PollAsync(fixedJob)));
        Assert.True(client.Server.Jobs[0].IsLive);
    }

    [Fact]
    public async Task Warnings_are_objects_or_on_old_servers_strings()
    {
        using var client = new SimulatorClient(o => o.Warnings = ["beware"]);
        var id = await client.CreateAsync("*");

        var warning = (await client.PollAsync(id))["metaData"]!["warnings"]![0]!;
        Assert.Equal(["category", "classification", "code", "message"], warning.AsObject().Select(p => p.Key));
        Assert.Equal("beware", warning["message"]!.GetValue<string>());

        client.Options.OldWarnings = true;
        Assert.Equal("beware", (await client.PollAsync(id))["metaData"]!["warnings"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Processed_events_may_count_what_was_scanned()
    {
        using var client = new SimulatorClient(o => o.ProcessedEventsCountsScanned = true);

        Assert.Equal(2_000, (await client.RunAsync("#event_simpleName=DnsRequest"))["metaData"]!["processedEvents"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_event_at_the_end_of_the_range_may_be_inside()
    {
        using var client = SimulatorClient.With(null, SimulatorClient.Event("at start", 2_000), SimulatorClient.Event("at end", 1_000));
        var start = SimulatorClient.NowMs - 2_000;

        Assert.Equal("at start", SimulatorClient.Ids(await client.RunAsync("*", start, start + 1_000)));
        client.Options.EndInclusive = true;
        Assert.Equal("at end at start", SimulatorClient.Ids(await client.RunAsync("*", start, start + 1_000)));
    }
}
