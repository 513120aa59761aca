using System.Text.Json.Nodes;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

/// <summary>Each way in which an answer can be wrong, alone and together with others.</summary>
public sealed class WrongAnswerTests : IDisposable
{
    private const int Count = 60;

    private static readonly string[] All = [.. Enumerable.Range(0, Count).Select(i => "e" + i)];

    private readonly SimulatorClient _client = SimulatorClient.With(null, [.. All.Select(id => SimulatorClient.Event(id, 5_000))]);

    private AnswerFaultPlan Plan => _client.Options.AnswerFaults;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task The_order_within_an_instant_differs_from_poll_to_poll()
    {
        Plan.Add(AnswerFaultKind.ShuffledInstants);
        var job = await _client.CreateAsync("* | tail(1000)");

        var whole = SimulatorClient.Values(await _client.PollAsync(job), "@id");
        var slices = new List<string>();
        for (var offset = 0; offset < Count; offset += 20)
            slices.AddRange(SimulatorClient.Values(await _client.PollAsync(job, $"?paginationOffset={offset}&paginationLimit=20"), "@id"));

        Assert.Equal(All.Order(), whole.Order());
        Assert.NotEqual(All, whole);
        Assert.Equal(Count, slices.Count);
        Assert.True(slices.Distinct().Count() < Count, "slices repeat some rows and skip others");
    }

    [Fact]
    public async Task The_order_of_instants_stays()
    {
        string[] events = [SimulatorClient.Event("old", 9), SimulatorClient.Event("mid", 8), SimulatorClient.Event("new", 7)];
        using var client = SimulatorClient.With(o => o.AnswerFaults.Add(AnswerFaultKind.ShuffledInstants), events);
        Assert.Equal("new mid old", SimulatorClient.Ids(await client.RunAsync("*")));
    }

    [Fact]
    public async Task Rows_change_places_whatever_their_times()
    {
        string[] ids = [.. Enumerable.Range(0, Count).Select(i => "e" + i)];
        string[] events = [.. ids.Select((id, i) => SimulatorClient.Event(id, 5_000 - i))];
        using var client = SimulatorClient.With(o => o.AnswerFaults.Add(AnswerFaultKind.ExchangedRows, 5), events);
        var job = await client.CreateAsync("* | tail(1000)");

        var first = SimulatorClient.Values(await client.PollAsync(job), "@id");
        var second = SimulatorClient.Values(await client.PollAsync(job), "@id");

        Assert.Equal(ids.Order(), first.Order());
        Assert.NotEqual(ids.Reverse(), first);
        Assert.NotEqual(first, second);
        Assert.InRange(first.Zip(ids.Reverse()).Count(pair => pair.First != pair.Second), 2, 10);
    }

    [Theory]
    [InlineData(AnswerFaultKind.ReplacedRow, 3, Count, Count - 3, Count)]
    [InlineData(AnswerFaultKind.DroppedRow, 3, Count - 3, Count - 3, Count)]
    [InlineData(AnswerFaultKind.RepeatedRow, 3, Count + 3, Count, Count)]
    [InlineData(AnswerFaultKind.LostRow, 3, Count - 3, Count - 3, Count - 3)]
    public async Task Rows_come_twice_or_are_missing(AnswerFaultKind kind, int amount, int rows, int distinct, int said)
    {
        Plan.AddOnce(kind, amount);

        var wrong = await _client.RunAsync("*");
        var right = await _client.RunAsync("*");

        Assert.Equal((rows, distinct, said), Shape(wrong));
        Assert.Equal((Count, Count, Count), Shape(right));
        Assert.Equal(1, Plan.Faults[0].Hits);
    }

    [Fact]
    public async Task A_fault_that_acts_always_hits_the_same_rows()
    {
        Plan.Add(AnswerFaultKind.ReplacedRow);
        var first = SimulatorClient.Ids(await _client.RunAsync("*", 0, SimulatorClient.NowMs));
        Assert.Equal(first, SimulatorClient.Ids(await _client.RunAsync("*", 0, SimulatorClient.NowMs)));
    }

    [Fact]
    public async Task All_polls_of_a_job_miss_the_row_that_was_lost()
    {
        Plan.AddOnce(AnswerFaultKind.LostRow);
        var job = await _client.CreateAsync("*");
        Assert.Equal(SimulatorClient.Ids(await _client.PollAsync(job)), SimulatorClient.Ids(await _client.PollAsync(job)));
        Assert.Equal((Count - 1, Count - 1, Count - 1), Shape(await _client.PollAsync(job)));
    }

    [Theory]
    [InlineData(AnswerKinds.Plain, Count - 1, Count)]
    [InlineData(AnswerKinds.Tail, Count, Count - 1)]
    [InlineData(AnswerKinds.Events, Count - 1, Count - 1)]
    [InlineData(AnswerKinds.Count, Count, Count)]
    public async Task A_fault_is_about_the_answers_that_it_names(AnswerKinds on, int plain, int tail)
    {
        Plan.Add(AnswerFaultKind.LostRow, 1, on);
        Assert.Equal(plain, SimulatorClient.Values(await _client.RunAsync("*"), "@id").Length);
        Assert.Equal(tail, SimulatorClient.Values(await _client.RunAsync("* | tail(1000)"), "@id").Length);
    }

    [Fact]
    public async Task Around_and_streamed_answers_lose_rows_too()
    {
        Plan.Add(AnswerFaultKind.LostRow, 1, AnswerKinds.Around | AnswerKinds.Stream);
        var around = await _client.PollAsync(await _client.CreateAroundAsync("*", "e30", SimulatorClient.NowMs - 5_000, 10));
        var stream = await (await _client.PostQueryAsync("""{"queryString":"*","start":0}""")).Content.ReadAsStringAsync();
        Assert.Equal(9, SimulatorClient.Values(around, "@id").Length);
        Assert.Equal(Count - 1, stream.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData(AnswerFaultKind.EventsAbsent, false, "")]
    [InlineData(AnswerFaultKind.EventsNull, true, "null")]
    [InlineData(AnswerFaultKind.EventsObject, true, "{}")]
    public async Task An_answer_has_no_array_of_events(AnswerFaultKind kind, bool has, string value)
    {
        Plan.AddOnce(kind);
        var wrong = (await _client.RunAsync("*")).AsObject();
        Assert.True(wrong["done"]!.GetValue<bool>());
        Assert.Equal(has, wrong.ContainsKey("events"));
        if (has)
            Assert.Equal(value, wrong["events"]?.ToJsonString() ?? "null");
        Assert.Equal(Count, wrong["metaData"]!["eventCount"]!.GetValue<int>());
        Assert.Equal((Count, Count, Count), Shape(await _client.RunAsync("*")));
    }

    [Theory]
    [InlineData(AnswerFaultKind.EventCountOff, 5, Count + 5)]
    [InlineData(AnswerFaultKind.EventCountOff, -5, Count - 5)]
    [InlineData(AnswerFaultKind.EventCountOff, -500, 0)]
    [InlineData(AnswerFaultKind.EventCountMissing, 1, null)]
    public async Task An_event_count_disagrees_with_the_rows(AnswerFaultKind kind, long amount, int? said)
    {
        Plan.Add(kind, amount);
        var poll = await _client.RunAsync("*");
        Assert.Equal(said, poll["metaData"]!["eventCount"]?.GetValue<int>());
        Assert.Equal(Count, SimulatorClient.Values(poll, "@id").Length);
    }

    [Theory]
    [InlineData(AnswerFaultKind.HasMoreTrue, 200, "true")]
    [InlineData(AnswerFaultKind.HasMoreFalse, 10, "false")]
    [InlineData(AnswerFaultKind.HasMoreMissing, 10, null)]
    public async Task HasMoreEvents_is_wrong(AnswerFaultKind kind, int buffer, string? said)
    {
        (_client.Options.BufferSize, _) = (buffer, Plan.Add(kind));
        Assert.Equal(said, SimulatorClient.HasMore(await _client.RunAsync("*")));
    }

    [Fact]
    public async Task Warnings_are_added_and_numbered()
    {
        Plan.Add(
            new AnswerFault(AnswerFaultKind.Warnings, 1_200) { Text = "node {0} is slow", Times = 1 },
            new AnswerFault(AnswerFaultKind.Warnings) { Text = "partial result", After = 1 });
        Assert.Equal(1_200, Warnings(await _client.RunAsync("*")).Distinct().Count());
        Assert.Equal(["partial result"], Warnings(await _client.RunAsync("*")));
    }

    [Theory]
    [InlineData(AnswerFaultKind.RangeFromZero, 0, "0", "end")]
    [InlineData(AnswerFaultKind.RangeReversed, 0, "end", "start")]
    [InlineData(AnswerFaultKind.RangeBeyondCalendar, 0, "start", "9000000000000000000")]
    [InlineData(AnswerFaultKind.RangeNegative, 0, "-9000000000000000000", "end")]
    [InlineData(AnswerFaultKind.RangeShifted, -7_200_000, "1768467600000", "1768474800000")]
    [InlineData(AnswerFaultKind.RangeMissing, 0, "", "")]
    public async Task The_range_is_wrong(AnswerFaultKind kind, long amount, string start, string end)
    {
        Plan.Add(kind, amount);
        (var from, var to) = (1_768_474_800_000, 1_768_482_000_000);
        string Expected(string side) => side switch { "start" => $"{from}", "end" => $"{to}", _ => side };
        var data = (await _client.RunAsync("*", from, to))["metaData"]!;
        Assert.Equal(Expected(start), data["queryStart"]?.ToJsonString() ?? "");
        Assert.Equal(Expected(end), data["queryEnd"]?.ToJsonString() ?? "");
    }

    [Fact]
    public async Task It_says_that_the_query_sets_its_own_range()
    {
        Plan.Add(AnswerFaultKind.RangeOverwritten);
        var data = (await _client.RunAsync("*"))["metaData"]!["extraData"]!;
        Assert.Equal("true", data["timeSettingsOverwrittenFromQuery"]!.GetValue<string>());
    }

    [Fact]
    public async Task Faults_act_together()
    {
        Plan.Add(AnswerFaultKind.LostRow, 2).Add(AnswerFaultKind.RepeatedRow, 5).Add(AnswerFaultKind.EventCountOff, 7)
            .Add(AnswerFaultKind.HasMoreTrue).Add(AnswerFaultKind.RangeFromZero);
        var poll = await _client.RunAsync("*", 5);
        Assert.Equal((Count + 3, Count - 2, Count + 5), Shape(poll));
        Assert.Equal("true", SimulatorClient.HasMore(poll));
        Assert.Equal(0, poll["metaData"]!["queryStart"]!.GetValue<long>());
    }

    [Fact]
    public async Task Without_faults_nothing_is_wrong()
    {
        Plan.Add(AnswerFaultKind.LostRow);
        Plan.Clear();
        Assert.Equal((Count, Count, Count), Shape(await _client.RunAsync("*")));
        Assert.Equal(All.Reverse(), SimulatorClient.Values(await _client.RunAsync("*"), "@id"));
    }

    private static (int Rows, int Distinct, int Said) Shape(JsonNode poll)
    {
        var ids = SimulatorClient.Values(poll, "@id");
        return (ids.Length, ids.Distinct().Count(), poll["metaData"]!["eventCount"]!.GetValue<int>());
    }

    private static string[] Warnings(JsonNode poll)
        => [.. poll["metaData"]!["warnings"]!.AsArray().Select(w => w!["message"]!.GetValue<string>())];
}
