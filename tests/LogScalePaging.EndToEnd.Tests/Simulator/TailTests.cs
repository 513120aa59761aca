using System.Text.Json.Nodes;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class TailTests
{
    private static SimulatorClient Start(Action<SimulatorOptions>? configure = null)
        => SimulatorClient.With(configure, [.. Enumerable.Range(1, 9).Select(i => SimulatorClient.Event($"{i}", 100 - i))]);

    [Theory]
    [InlineData("tail(3)", EventOrder.NewestFirst, "9 8 7")]
    [InlineData("tail(3)", EventOrder.OldestFirst, "7 8 9")]
    [InlineData("head(3)", EventOrder.NewestFirst, "3 2 1")]
    [InlineData("head(limit=3)", EventOrder.OldestFirst, "1 2 3")]
    public async Task They_give_the_ends_of_the_result(string query, EventOrder order, string expected)
    {
        using var client = Start(o => o.TailOrder = order);

        var poll = await client.RunAsync(query);

        Assert.Equal(expected, SimulatorClient.Ids(poll));
        Assert.True(poll["metaData"]!["isAggregate"]!.GetValue<bool>());
        Assert.Null(SimulatorClient.HasMore(poll));
    }

    [Fact]
    public async Task They_lift_the_buffer()
    {
        using var client = new SimulatorClient(o => o.AggregateRowLimit = 100);

        Assert.Equal(1_500, (await client.RunAsync("* | tail(1500)"))["events"]!.AsArray().Count);
        Assert.Equal(2_000, (await client.RunAsync("tail(max)"))["events"]!.AsArray().Count);
    }

    [Fact]
    public async Task IsAggregate_and_hasMoreEvents_are_settings()
    {
        using var client = Start(o => (o.TailIsAggregate, o.TailHasMore, o.BufferSize) = (false, true, 2));

        var poll = await client.RunAsync("tail(5)");
        Assert.False(poll["metaData"]!["isAggregate"]!.GetValue<bool>());
        Assert.Equal("true", SimulatorClient.HasMore(poll));
        Assert.Equal(5, poll["events"]!.AsArray().Count);
        Assert.Equal("false", SimulatorClient.HasMore(await client.RunAsync("tail(9)")));
    }

    [Fact]
    public async Task A_number_above_the_maximum_is_refused()
    {
        using var client = Start(o => o.MaxTail = 10_000);

        Assert.Equal(200, (int)(await client.PostJobAsync("""{"queryString":"tail(10000)"}""")).StatusCode);
        var refused = await client.PostJobAsync("""{"queryString":"tail(10001)"}""");
        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Contains("10000", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
