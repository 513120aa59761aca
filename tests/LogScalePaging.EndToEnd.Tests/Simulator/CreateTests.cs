using System.Text.Json.Nodes;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

public sealed class CreateTests
{
    [Theory]
    [InlineData("timechart()", "timechart()")]
    [InlineData("", "*")]
    public async Task The_answer_has_the_recorded_shape(string query, string onView)
    {
        using var client = new SimulatorClient();

        var response = await client.PostJobAsync($$"""{"queryString": "{{query}}", "isLive": false}""");
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["id", "queryOnView"], answer.Select(p => p.Key));
        Assert.Matches("^24-[A-Za-z0-9]{24}$", answer["id"]!.GetValue<string>());
        Assert.Equal(onView, answer["queryOnView"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_wrong_parameter_of_a_function_is_refused_as_recorded()
    {
        using var client = new SimulatorClient();

        var response = await client.PostJobAsync("""{"queryString": "timeChart(func=nowork)"}""");

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("text/plain; charset=UTF-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("parameter func is not supported in function timeChart\n```\n\n```", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"queryString\":")]
    [InlineData("{}")]
    [InlineData("{\"queryString\":5}")]
    [InlineData("{\"queryString\":\"*\",\"start\":\"soon\"}")]
    [InlineData("{\"queryString\":\"*\",\"start\":\"5 parsecs\"}")]
    [InlineData("{\"queryString\":\"*\",\"start\":2000,\"end\":2000}")]
    [InlineData("{\"queryString\":\"*\",\"start\":\"now\",\"end\":\"1h\"}")]
    [InlineData("{\"queryString\":\"*\",\"around\":{\"eventId\":\"x\"}}")]
    [InlineData("{\"queryString\":\"*\",\"around\":{\"eventId\":\"x\",\"timestamp\":1,\"numberOfEventsBefore\":-1,\"numberOfEventsAfter\":0}}")]
    public async Task Nonsense_is_refused_and_makes_no_job(string body)
    {
        using var client = new SimulatorClient();

        var response = await client.PostJobAsync(body);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Empty(client.Server.Jobs);
    }

    [Theory]
    [InlineData("\"15m\"", 900)]
    [InlineData("\"24hours\"", 86_400)]
    [InlineData("\"1d\"", 86_400)]
    [InlineData("\"7 days\"", 604_800)]
    [InlineData("\"30s\"", 30)]
    [InlineData("\"90m@h\"", 7_200)]
    [InlineData("1768475000000", 3_400)]
    [InlineData("\"1768475000000\"", 3_400)]
    public async Task Times_in_answers_are_absolute(string start, long secondsBeforeNow)
    {
        var time = new Support.ManualTimeProvider(SimulatorClient.Noon);
        using var client = new SimulatorClient(o => o.TimeProvider = time);

        var response = await client.PostJobAsync($$"""{"queryString":"*","start":{{start}}}""");
        var meta = (await client.PollAsync(
            JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!.GetValue<string>()))["metaData"]!;

        Assert.Equal(SimulatorClient.NowMs - (secondsBeforeNow * 1000), meta["queryStart"]!.GetValue<long>());
        Assert.Equal(SimulatorClient.NowMs, meta["queryEnd"]!.GetValue<long>());
    }

    [Fact]
    public async Task Without_times_the_range_is_the_last_day()
    {
        using var client = new SimulatorClient(o => o.TimeProvider = new Support.ManualTimeProvider());

        await client.PostJobAsync("""{"queryString":"*"}""");

        Assert.Equal(SimulatorClient.NowMs - 86_400_000, client.Server.Jobs[0].StartMs);
        Assert.Equal(SimulatorClient.NowMs, client.Server.Jobs[0].EndMs);
    }

    [Fact]
    public async Task Ingest_times_limit_what_counts()
    {
        using var client = SimulatorClient.With(null,
            SimulatorClient.Event("early", 5_000, $"\"@ingesttimestamp\":\"{SimulatorClient.NowMs - 4_000}\""),
            SimulatorClient.Event("late", 6_000, $"\"@ingesttimestamp\":\"{SimulatorClient.NowMs - 1_000}\""));

        var until = await client.CreateAsync("*", more: $",\"ingestEnd\":{SimulatorClient.NowMs - 2_000}");
        var byIngest = await client.CreateAsync("*", SimulatorClient.NowMs - 2_000, more: ",\"useIngestTime\":true");

        Assert.Equal("early", SimulatorClient.Ids(await client.PollAsync(until)));
        Assert.Equal("late", SimulatorClient.Ids(await client.PollAsync(byIngest)));
    }
}
