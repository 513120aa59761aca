using System.Text.Json.Nodes;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

/// <summary>Nine events, i the newest, a the oldest; d, e, f share a millisecond. "x" marks those that the query is for.</summary>
public sealed class AroundTests
{
    private static readonly (string Id,
        long Ago)[] Events = [("a", 90), ("b", 80), ("c", 70), ("d", 60), ("e", 60), ("f", 60), ("g", 30), ("h", 20), ("i", 10)];

    private static SimulatorClient Start(Action<SimulatorOptions>? configure = null)
        => SimulatorClient.With(configure, [.. Events.Select(e => SimulatorClient.Event(e.Id, e.Ago, e.Id == "g" ? "" : "\"x\":\"1\""))]);

    private static async Task<JsonNode> Around(SimulatorClient client, string anchor, int before, int after = 0, long? startAgo = null,
        string query = "*")
        => await client.PollAsync(
            await client.CreateAroundAsync(query, anchor, SimulatorClient.NowMs - Events.Single(e => e.Id == anchor).Ago, before, after,
            startAgo is null ? null : SimulatorClient.NowMs - startAgo));

    [Theory]
    [InlineData("e", 2, 0, "d c")]
    [InlineData("e", 2, 1, "f d c")]
    [InlineData("e", 0, 2, "g f")]
    [InlineData("a", 5, 0, "")]
    [InlineData("i", 1, 5, "h")]
    [InlineData("h", 200, 200, "i g f e d c b a")]
    public async Task The_neighbours_come_without_the_anchor(string anchor, int before, int after, string expected)
    {
        using var client = Start();

        Assert.Equal(expected, SimulatorClient.Ids(await Around(client, anchor, before, after)));
        Assert.Equal(anchor, client.Server.Jobs[0].AroundEventId);
        Assert.True(client.Server.Jobs[0].IsAround);
    }

    [Theory]
    [InlineData(false, "e d c")]
    [InlineData(true, "e d")]
    public async Task The_anchor_may_come_again_and_may_take_a_place(bool counts, string expected)
    {
        using var client = Start(o => (o.AroundRepeatsAnchor, o.AroundAnchorCountsTowardsLimit) = (true, counts));

        Assert.Equal(expected, SimulatorClient.Ids(await Around(client, "e", 2)));
    }

    [Fact]
    public async Task The_order_may_be_oldest_first()
    {
        using var client = Start(o => o.AroundOrder = EventOrder.OldestFirst);

        Assert.Equal("c d f g", SimulatorClient.Ids(await Around(client, "e", 2, 2)));
    }

    [Theory]
    [InlineData(true, "d c")]
    [InlineData(false, "d c b a")]
    public async Task The_range_may_clip(bool clips, string expected)
    {
        using var client = Start(o => o.AroundClips = clips);

        Assert.Equal(expected, SimulatorClient.Ids(await Around(client, "e", 9, startAgo: 70)));
    }

    [Theory]
    [InlineData(AroundHasMoreMode.Honest, 2, "true")]
    [InlineData(AroundHasMoreMode.Honest, 4, "false")]
    [InlineData(AroundHasMoreMode.AlwaysFalse, 2, "false")]
    [InlineData(AroundHasMoreMode.Absent, 2, null)]
    public async Task HasMoreEvents_is_a_setting(AroundHasMoreMode mode, int before, string? expected)
    {
        using var client = Start(o => o.AroundHasMore = mode);

        Assert.Equal(expected, SimulatorClient.HasMore(await Around(client, "e", before)));
    }

    [Fact]
    public async Task The_number_may_be_capped()
    {
        using var client = Start(o => o.AroundMax = 3);

        Assert.Equal("h g f", SimulatorClient.Ids(await Around(client, "i", 100)));
    }

    [Fact]
    public async Task It_is_not_limited_by_the_buffer()
    {
        using var client = Start(o => o.BufferSize = 2);

        Assert.Equal(8, (await Around(client, "i", 100))["events"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_anchor_that_the_query_does_not_match_keeps_its_place()
    {
        using var client = Start();

        Assert.Equal("h f e", SimulatorClient.Ids(await Around(client, "g", 2, 1, query: "x=1")));
    }

    [Fact]
    public async Task An_unknown_anchor_is_placed_by_its_time()
    {
        using var client = Start();

        var id = await client.CreateAroundAsync("*", "unknown", SimulatorClient.NowMs - 60, 4);

        Assert.Equal("f e d c", SimulatorClient.Ids(await client.PollAsync(id)));
    }

    [Fact]
    public async Task An_unknown_anchor_may_give_nothing()
    {
        using var client = Start(o => o.AroundMissingAnchor = AroundMissingAnchor.Empty);

        var poll = await client.PollAsync(await client.CreateAroundAsync("*", "unknown", SimulatorClient.NowMs - 60, 4));

        Assert.Empty(poll["events"]!.AsArray());
        Assert.Equal("false", SimulatorClient.HasMore(poll));
    }

    [Fact]
    public async Task An_unknown_anchor_may_be_an_error()
    {
        using var client = Start(o => o.AroundMissingAnchor = AroundMissingAnchor.BadRequest);

        var response = await client.PostJobAsync(
            """{"queryString":"*","around":{"eventId":"unknown","timestamp":5,"numberOfEventsBefore":5,"numberOfEventsAfter":0}}""");

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Empty(client.Server.Jobs);
    }

    [Fact]
    public async Task Walking_by_the_oldest_event_returns_all_events()
    {
        using var client = new SimulatorClient(o => o.Crowds = [new Crowd(TimeSpan.FromMinutes(3), 700)]);
        var walked = new List<string>();
        var page = await client.RunAsync("#event_simpleName=ProcessRollup2");
        while (page["events"]!.AsArray() is { Count: > 0 } events)
        {
            walked.AddRange(events.Select(e => e!["@id"]!.GetValue<string>()));
            var last = events[^1]!;
            page = await client.PollAsync(
                await client.CreateAroundAsync("#event_simpleName=ProcessRollup2", walked[^1], last["@timestamp"]!.GetValue<long>(), 200));
        }

        Assert.Equal(client.Server.Events.Matching("#event_simpleName=ProcessRollup2").Select(
            e => JsonNode.Parse(e)!["@id"]!.GetValue<string>()), walked);
    }
}
