namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class StageTests
{
    private static readonly string[] Events =
    [
        SimulatorClient.Event("1", 5_000, "\"u\":\"x\",\"v\":\"10\""), SimulatorClient.Event("2", 65_000, "\"u\":\"y\",\"v\":\"9\""),
        SimulatorClient.Event("3", 65_001, "\"u\":\"x\",\"v\":\"2\""), SimulatorClient.Event("4", 70_000, "\"v\":\"1\""),
    ];

    [Theory]
    [InlineData("count()", """[{"_count":"4"}]""")]
    [InlineData("u=* | count(as=n)", """[{"n":"3"}]""")]
    [InlineData("u=none | count()", """[{"_count":"0"}]""")]
    [InlineData("count(u)", """[{"_count":"3"}]""")]
    [InlineData("sum(v)", """[{"_sum":"22"}]""")]
    [InlineData("max(v, as=top)", """[{"top":"10"}]""")]
    [InlineData("groupBy([u], function=count())", """[{"u":"x","_count":"2"},{"u":"y","_count":"1"}]""")]
    [InlineData("groupBy(u, function=[min(v), avg(v)])", """[{"u":"x","_min":"2","_avg":"6"},{"u":"y","_min":"9","_avg":"9"}]""")]
    [InlineData("groupBy(u) | _count > 1", """[{"u":"x","_count":"2"}]""")]
    [InlineData("groupBy(u) | sort(_count, order=asc)", """[{"u":"y","_count":"1"},{"u":"x","_count":"2"}]""")]
    [InlineData("table([u, v], limit=2)", """[{"u":"x","v":"10"},{"u":"y","v":"9"}]""")]
    [InlineData("sort(v, limit=2) | select([v])", """[{"v":"10"},{"v":"9"}]""")]
    [InlineData("sort(v, order=asc, limit=1) | select([v])", """[{"v":"1"}]""")]
    [InlineData("fieldset()", """[{"field":"@id"},{"field":"@timestamp"},{"field":"u"},{"field":"v"}]""")]
    public async Task Aggregates_are_complete(string query, string expected)
    {
        using var client = SimulatorClient.With(null, Events);

        var poll = await client.RunAsync(query);

        Assert.Equal(expected, poll["events"]!.ToJsonString());
        Assert.True(poll["metaData"]!["isAggregate"]!.GetValue<bool>());
        Assert.Null(SimulatorClient.HasMore(poll));
    }

    [Theory]
    [InlineData("* | selfJoinFilter(u, where=[{v>9}, {v<3}])", "1 3")]
    [InlineData("* | selfJoinFilter(field=u, where=[{v=*}]) | v<10", "2 3")]
    [InlineData("* | selfJoinFilter(u, where=[{v=1}])", "")]
    public async Task Events_are_kept_depending_on_other_events(string query, string expected)
    {
        using var client = SimulatorClient.With(o => o.BufferSize = 3, Events);

        Assert.Equal(expected, SimulatorClient.Ids(await client.RunAsync(query)));
    }

    [Theory]
    [InlineData("v := v + 1", "11 10 3 2")]
    [InlineData("v := start() - start()", "0 0 0 0")]
    [InlineData("* | w := now() - now() | w=0 | v := w + v", "10 9 2 1")]
    public async Task Fields_are_assigned(string query, string expected)
    {
        using var client = SimulatorClient.With(null, Events);

        var poll = await client.RunAsync(query);
        Assert.Equal(expected, string.Join(' ', SimulatorClient.Values(poll, "v")));
        Assert.False(poll["metaData"]!["isAggregate"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Select_drops_other_fields_and_remains_a_filter_query()
    {
        using var client = SimulatorClient.With(o => o.BufferSize = 3, Events);

        var poll = await client.RunAsync("* | select([v, u])");

        Assert.Equal("""[{"v":"10","u":"x"},{"v":"9","u":"y"},{"v":"2","u":"x"}]""", poll["events"]!.ToJsonString());
        Assert.False(poll["metaData"]!["isAggregate"]!.GetValue<bool>());
        Assert.Equal("true", SimulatorClient.HasMore(poll));
        Assert.Equal(["v", "u"], poll["metaData"]!["fieldOrder"]!.AsArray().Select(f => f!.GetValue<string>()));
    }

    [Fact]
    public async Task Buckets_are_aligned_and_empty_ones_are_there()
    {
        using var client = SimulatorClient.With(null, Events);
        var minute = SimulatorClient.NowMs - 120_000;

        var poll = await client.RunAsync("bucket(span=1m, function=count())", minute, SimulatorClient.NowMs - 1);

        Assert.Equal(["3", "1"], SimulatorClient.Values(poll, "_count"));
        Assert.Equal([$"{minute}", $"{minute + 60_000}"], SimulatorClient.Values(poll, "_bucket"));
        poll = await client.RunAsync("bucket(span=1m)", minute - 120_000, minute);
        Assert.Equal(["0", "0", "0"], SimulatorClient.Values(poll, "_count"));
    }

    [Fact]
    public async Task A_timechart_of_a_day_has_the_recorded_shape()
    {
        using var client = new SimulatorClient();
        // The range of the recording.
        var poll = await client.RunAsync("timechart()", 1_585_059_857_845, 1_585_146_257_845);

        Assert.Equal(97, poll["events"]!.AsArray().Count);
        Assert.Equal("""{"_count":"0","_bucket":"1585059300000"}""", poll["events"]![0]!.ToJsonString());
        Assert.Equal("""{"_count":"0","_bucket":"1585145700000"}""", poll["events"]![96]!.ToJsonString());
        Assert.Equal(
            """{"timechart":"true","bucket_last_bucket":"1585145700000","bucket_span_humanized":"15 minutes","bucket_span_millis":"900000","ui:suggested-widget":"time-chart","bucket_first_bucket":"1585059300000"}""",
            poll["metaData"]!["extraData"]!.ToJsonString());
        Assert.Equal("*", poll["metaData"]!["filterQuery"]!["queryString"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_timechart_may_have_series()
    {
        using var client = SimulatorClient.With(null, Events);

        var poll = await client.RunAsync("timechart(u, span=1m, function=sum(v))", SimulatorClient.NowMs - 120_000);

        Assert.Equal(["x", "y", "x"], SimulatorClient.Values(poll, "u"));
        Assert.Equal(["2", "9", "10"], SimulatorClient.Values(poll, "_sum"));
    }

    [Fact]
    public async Task Too_many_rows_are_cut_with_a_warning()
    {
        using var client = new SimulatorClient(o => o.AggregateRowLimit = 10);

        var poll = await client.RunAsync("groupBy([@id])");
        Assert.Equal(10, poll["events"]!.AsArray().Count);
        Assert.Contains("2000 rows", poll["metaData"]!["warnings"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);

        poll = await client.RunAsync("groupBy([@id], limit=7)");
        Assert.Equal(7, poll["events"]!.AsArray().Count);
        Assert.Single(poll["metaData"]!["warnings"]!.AsArray());
    }

    [Fact]
    public async Task A_count_agrees_with_the_truth()
    {
        using var client = new SimulatorClient();
        const string Query = "#event_simpleName=ProcessRollup2 CommandLine=*chrome*";

        var counted = SimulatorClient.Values(await client.RunAsync(Query + " | count()"), "_count")[0];

        Assert.Equal(client.Server.Events.CountMatching(Query).ToString(System.Globalization.CultureInfo.InvariantCulture), counted);
        Assert.Equal(client.Server.Events.Matching(Query).Count, client.Server.Events.CountMatching(Query));
        Assert.NotEqual("0", counted);
    }
}
