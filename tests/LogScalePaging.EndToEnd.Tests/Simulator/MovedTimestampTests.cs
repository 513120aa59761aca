namespace LogScalePaging.EndToEnd.Tests.Simulator;

/// <summary>Queries that write <c>@timestamp</c>, and those that make several rows of an event.</summary>
public sealed class MovedTimestampTests
{
    private static readonly string[] Events =
    [
        SimulatorClient.Event("a", 1_000, $"\"@ingesttimestamp\":\"{SimulatorClient.NowMs - 100}\",\"n\":\"4\""),
        SimulatorClient.Event("b", 2_000, $"\"@ingesttimestamp\":\"{SimulatorClient.NowMs - 50}\",\"n\":\"5\""),
        SimulatorClient.Event("c", 3_000, $"\"@ingesttimestamp\":\"{SimulatorClient.NowMs - 900}\",\"n\":\"x\""),
    ];

    [Fact]
    public async Task An_assignment_moves_the_times_and_keeps_order_and_range()
    {
        using var client = SimulatorClient.With(null, Events);
        var poll = await client.RunAsync("* | @timestamp := @timestamp - 7200000", SimulatorClient.NowMs - 2_500);
        Assert.Equal("a b", SimulatorClient.Ids(poll));
        Assert.Equal([Ago(7_201_000), Ago(7_202_000)], SimulatorClient.Values(poll, "@timestamp"));
        Assert.Equal("false", SimulatorClient.HasMore(poll));
        Assert.False(poll["metaData"]!["isAggregate"]!.GetValue<bool>());
    }

    [Fact]
    public async Task ParseTimestamp_takes_the_times_of_another_field()
    {
        using var client = SimulatorClient.With(null, Events);
        var poll = await client.RunAsync("* | parseTimestamp(field=@ingesttimestamp)");
        Assert.Equal("a b c", SimulatorClient.Ids(poll));
        Assert.Equal([Ago(100), Ago(50), Ago(900)], SimulatorClient.Values(poll, "@timestamp"));
        Assert.Contains($"\"@timestamp\":{SimulatorClient.NowMs - 100},", poll["events"]![0]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_fields_are_assigned_as_text_and_new_ones_added()
    {
        using var client = SimulatorClient.With(null, Events);
        var poll = await client.RunAsync("* | m := n + 6 | n := n - 1 | parseTimestamp(\"millis\", field=n, as=t)");
        Assert.Equal(["10", "11", "-"], SimulatorClient.Values(poll, "m"));
        Assert.Equal(["3", "4", "x"], SimulatorClient.Values(poll, "n"));
        Assert.Equal(["3", "4", "-"], SimulatorClient.Values(poll, "t"));
    }

    [Fact]
    public async Task Windows_counts_and_filters_work_behind_it()
    {
        using var client = SimulatorClient.With(null, Events);
        Assert.Equal("a b", SimulatorClient.Ids(await client.RunAsync("* | n := n + 1 | tail(2)")));
        Assert.Equal(["3"], SimulatorClient.Values(await client.RunAsync("* | @timestamp := @timestamp - 5\n| count()"), "_count"));
        Assert.Equal("b", SimulatorClient.Ids(await client.RunAsync("* | n := n + 1 | n=6")));
        var around = await client.CreateAroundAsync("* | @timestamp := @timestamp - 5", "a", SimulatorClient.NowMs - 1_000, 5);
        Assert.Equal("b c", SimulatorClient.Ids(await client.PollAsync(around)));
    }

    [Fact]
    public async Task SetTimeInterval_replaces_the_range_that_was_asked_for()
    {
        using var client = SimulatorClient.With(null, Events);
        var from = SimulatorClient.NowMs - 2_500;
        var poll = await client.RunAsync($"setTimeInterval(start={from}, end=now) | n=* | n := n + 1", 5, 6);
        Assert.Equal("a b", SimulatorClient.Ids(poll));
        Assert.Equal(from, poll["metaData"]!["queryStart"]!.GetValue<long>());
        Assert.Equal("true", poll["metaData"]!["extraData"]!["timeSettingsOverwrittenFromQuery"]!.GetValue<string>());
        Assert.Equal(["2"], SimulatorClient.Values(await client.RunAsync($"setTimeInterval(start={from}) | count()", 5, 6), "_count"));
        Assert.Equal(400, (int)(await client.PostJobAsync("{\"queryString\":\"setTimeInterval(end=now) | *\"}")).StatusCode);
    }

    [Theory]
    [InlineData("a := 5")]
    [InlineData("a := b * 2")]
    [InlineData("a := b -")]
    [InlineData("parseTimestamp()")]
    public async Task Unknown_syntax_is_refused(string query)
    {
        using var client = SimulatorClient.With(null, Events);
        Assert.Equal(400, (int)(await client.PostJobAsync($$"""{"queryString":"{{query}}"}""")).StatusCode);
    }

    [Fact]
    public async Task Split_makes_rows_that_share_the_id()
    {
        using var client = SimulatorClient.With(
            o => o.BufferSize = 4,
            SimulatorClient.Event("s", 1, "\"x[0]\":\"p\",\"x[1]\":\"q\",\"x[2].y\":\"r\",\"k\":\"v\""),
            SimulatorClient.Event("t", 2),
            SimulatorClient.Event("u", 3, "\"x[0]\":\"p\""));
        var poll = await client.RunAsync("* | split(x)");
        Assert.Equal("s s s t", SimulatorClient.Ids(poll));
        Assert.Equal(["0", "1", "2", "-"], SimulatorClient.Values(poll, "_index"));
        Assert.Equal(["p", "q", "-", "-"], SimulatorClient.Values(poll, "x"));
        Assert.Equal(["-", "-", "r", "-"], SimulatorClient.Values(poll, "x.y"));
        Assert.Equal(["v", "v", "v", "-"], SimulatorClient.Values(poll, "k"));
        Assert.Equal("true", SimulatorClient.HasMore(poll));
        Assert.Equal(["5"], SimulatorClient.Values(await client.RunAsync("* | split(x) | count()"), "_count"));
        Assert.Equal(5, client.Server.Events.CountMatching("* | split(x)"));
        poll = await client.RunAsync("* | split(x) | select([@id, @timestamp]) | tail(3)");
        Assert.Single(poll["events"]!.AsArray().Select(e => e!.ToJsonString()).Distinct());
    }

    private static string Ago(long milliseconds) => $"{SimulatorClient.NowMs - milliseconds}";
}
