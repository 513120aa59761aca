using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.Rest.Answers;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Falcon.Rest.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.Core.Tests.Falcon.Rest;

/// <summary>Decisions of the one strategy, as tables: a position and an answer give the next position.</summary>
public sealed class FalconStrategyTests
{
    private const string Hosts = "/devices/combined/devices/v1";
    private const string Scroll = "/devices/queries/devices-scroll/v1";
    private const string ByOffset = "/devices/queries/devices/v1";
    private const string Members = "/devices/combined/host-group-members/v1";

    private static readonly RecordParser s_parser = new(new RecordSchema { IdentityField = "device_id", Noun = "record" });

    [Theory]
    [InlineData(Hosts, "next", "{}", "offset", "a+/=", null)]
    [InlineData(Scroll, "scroll", "{}", "offset", "a+/=", null)]
    [InlineData("/alerts/combined/alerts/v1", "after", "{}", "after", "a+/=", null)]
    [InlineData("/detects/entities/ioa/v1", "next_token", "{}", "next_token", "a+/=", null)]
    public void A_token_goes_back_under_the_name_of_its_family(string endpoint, string shape, string position, string parameter,
        string token, string? by)
    {
        var strategy = new FalconStrategy(new FalconRequest(endpoint));
        var next = Assert.IsType<PageDecision.Continue>(strategy.Decide(Position(position), Page(10, 100, (shape, token)),
            new WalkState(10, 10, 100))).Next;
        var request = strategy.CreateRequest(next);
        var sent = new FalconWire(null).Of(request);
        var body = sent.Body is { } bytes ? Encoding.UTF8.GetString(bytes.ToArray()) : "";

        Assert.Equal(token, request.Token);
        Assert.Equal(by, next["by"]);
        Assert.Contains(body.Length > 0 ? $"\"{parameter}\":\"a+/=\"" : $"&{parameter}=a%2B%2F%3D", body.Length > 0 ? body : sent.Path);
        Assert.DoesNotContain(parameter, body.Length > 0 ? sent.Path : "");
    }

    [Theory]
    // The token is gone, and the distinct records reach all totals that were stated.
    [InlineData(100, 100L, 100L, 100L, "End")]
    [InlineData(100, null, null, null, "End")]
    // The empty last page of some endpoints states a total of zero.
    [InlineData(100, 0L, 100L, 100L, "End")]
    // Fewer than any of them: the total is read again first.
    [InlineData(60, 100L, 100L, 100L, "Check")]
    [InlineData(60, 0L, 100L, null, "Check")]
    [InlineData(60, 60L, 60L, 100L, "Check")]
    [InlineData(60, 60L, 60L, null, "End")]
    public void A_missing_token_ends_the_walk_only_if_the_total_is_reached(int received, long? total, long? last, long? expected,
        string what)
    {
        var strategy = new FalconStrategy(new FalconRequest(Hosts));
        var decision = strategy.Decide(Position("{\"token\":\"t\"}"), Page(10, total, last), new WalkState(10, received, expected));

        Assert.Equal(what, decision is PageDecision.Continue { Next: var next } ? next["check"] == "1"
            ? "Check" : "Continue" : decision.GetType().Name);
    }

    [Theory]
    [InlineData(60, 100L, SignalKind.ContinuationMissing)]
    [InlineData(60, 60L, null)]
    public void After_the_total_was_read_again_the_walk_ends_or_begins_again(int received, long total, SignalKind? kind)
    {
        var strategy = new FalconStrategy(new FalconRequest(Hosts));
        var decision = strategy.Decide(Position("{\"check\":\"1\"}"), Page(0, total), new WalkState(0, received, 100));

        Assert.Equal(kind, (decision as PageDecision.Restart)?.Kind);
        if (decision is PageDecision.Restart { Next: var next })
            Assert.Equal("{\"base\":\"60\",\"pass\":\"1\"}", next.ToString());
        else
            Assert.IsType<PageDecision.End>(decision);
    }

    [Fact]
    public void Reading_all_again_without_a_new_record_ends_the_walk()
    {
        var strategy = new FalconStrategy(new FalconRequest(Hosts));
        var end = Assert.IsType<PageDecision.End>(strategy.Decide(Position("{\"base\":\"60\",\"pass\":\"1\",\"token\":\"t\"}"), Page(10,
            100), new WalkState(0, 60, 100)));

        Assert.Equal(EndReason.NothingNew, end.What.Reason);
    }

    [Fact]
    public void The_same_token_twice_is_an_error()
    {
        var strategy = new FalconStrategy(new FalconRequest(Scroll));
        var error = Assert.Throws<PagingException>(() => strategy.Decide(Position("{\"token\":\"t\"}"), Page(10, 100, ("scroll", "t")),
            new WalkState(10, 20, 100)));

        Assert.Equal(PagingErrorKind.PositionRepeated, error.Kind);
    }

    [Theory]
    [InlineData("{}", 20, "{\"at\":\"20\",\"last\":\"r19\"}", null, 20)]
    [InlineData("{\"at\":\"20\",\"last\":\"r0\"}", 21, "{\"at\":\"40\",\"last\":\"r20\"}", 19L, 21)]
    [InlineData("{\"at\":\"20\",\"last\":\"gone\"}", 21, "{\"at\":\"0\",\"last\":\"gone\"}", 19L, 21)]
    [InlineData("{\"at\":\"20\",\"last\":\"r0\"}", 1, "{\"at\":\"20\"}", 19L, 21)]
    [InlineData("{\"at\":\"20\",\"last\":\"r0\"}", 0, "{\"at\":\"40\",\"last\":\"r0\"}", 19L, 21)]
    public void An_offset_is_counted_here_and_the_last_record_must_come_again(string position, int rows, string next, long? offset,
        int limit)
    {
        var strategy = new FalconStrategy(new FalconRequest(ByOffset) { PageSize = 20 });
        var request = strategy.CreateRequest(Position(position));
        var decision = strategy.Decide(Position(position), Page(rows, 95, ("offset", "7")), new WalkState(rows, 20 + rows, 95));

        Assert.Equal((offset, limit), (request.Offset, request.Limit));
        Assert.Equal(next, Assert.IsType<PageDecision.Continue>(decision).Next.ToString());
    }

    [Fact]
    public void Offset_and_page_size_stay_inside_the_window()
    {
        var strategy = new FalconStrategy(new FalconRequest(ByOffset));
        Assert.Equal(5_000, strategy.CreateRequest(Position("{}")).Limit);
        Assert.Equal(1_000, strategy.CreateRequest(Position("{\"at\":\"9000\"}")).Limit);
    }

    [Theory]
    [InlineData(ByOffset, null, "{\"via\":\"/devices/queries/devices-scroll/v1\"}")]
    [InlineData(Members, null, "{\"key\":\"\"}")]
    [InlineData(Members, "first_seen.desc", "{\"key\":\"\"}")]
    public void A_result_beyond_the_window_is_read_another_way(string endpoint, string? sortBy, string next)
    {
        var strategy = new FalconStrategy(new FalconRequest(endpoint) { SortBy = sortBy });
        var decision = Assert.IsType<PageDecision.Continue>(strategy.Decide(Position("{}"), Page(50, 10_001), new WalkState(50, 50,
            10_001)));

        Assert.Equal(next, decision.Next.ToString());
        Assert.Equal(SignalKind.StrategyChosen, decision.Signal!.Value.Kind);
    }

    [Theory]
    [InlineData("", "it's", "device_id:>='it\\'s'")]
    [InlineData("a:'1',b:'2'", "x", "(a:'1',b:'2')+device_id:>='x'")]
    public void A_key_narrows_the_filter_of_the_user(string filter, string key, string expected)
    {
        var request = new FalconStrategy(new FalconRequest(Members) { Query = filter }).CreateRequest(PagePosition.Of(("key", key)));

        Assert.Equal((expected, "device_id.asc", true), (request.Filter, request.Sort, request.IsPart));
    }

    [Theory]
    [InlineData("{\"token\":\"\"}")]
    [InlineData("{\"at\":\"-1\"}")]
    [InlineData("{\"at\":\"x\"}")]
    [InlineData("{\"by\":\"x\"}")]
    [InlineData("{\"via\":\"/oauth2/token\"}")]
    [InlineData("{\"via\":\"/alerts/combined/alerts/v1\"}")]
    [InlineData("{\"other\":\"1\"}")]
    public void A_position_that_the_strategy_does_not_write_is_refused(string position)
    {
        var strategy = new FalconStrategy(new FalconRequest(ByOffset));
        Assert.Throws<FormatException>(() => strategy.EnsureReadable(Position(position)));
    }

    private static PagePosition Position(string json) =>
        PagePosition.Of([.. System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(json)!.Select(e =>
            (e.Key, (string?)e.Value))]);

    private static FalconPage Page(int rows, long? total, params (string Shape, string Token)[] tokens) => Page(rows, total, total is 0
        ? null : total, tokens);

    private static FalconPage Page(int rows, long? total, long? last, params (string Shape, string Token)[] tokens) =>
        new([.. Enumerable.Range(0, rows).Select(i => s_parser.Parse(Encoding.UTF8.GetBytes($"{{\"device_id\":\"r{i}\"}}")))])
        {
            Total = total,
            Stated = total,
            LastTotal = last,
            Tokens = tokens.ToDictionary(t => t.Shape, t => t.Token),
        };
}
