using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Tanium;
using LogScalePaging.Tanium.Answers;

namespace LogScalePaging.Core.Tests.Tanium;

public sealed class TaniumStrategyTests
{
    private static readonly RecordParser s_parser = new(new RecordSchema { IdentityField = "id", Noun = "record" });
    private readonly TaniumStrategy _strategy = new("endpoints", 100, backward: false, refresh: false);

    [Fact]
    public void The_cursor_of_the_answer_leads_on_also_from_an_empty_page()
    {
        var next = Assert.IsType<PageDecision.Continue>(Decide(new TaniumPosition(), Page(more: true, next: "c+/="), received: 0));
        Assert.Equal("{\"cursor\":\"c+/=\"}".Replace("+", "\\u002B"), next.Next.ToString());
        Assert.Equal(("c+/=", 100, false),
            (_strategy.CreateRequest(next.Next).Cursor, _strategy.CreateRequest(next.Next).Size,
            _strategy.CreateRequest(next.Next).IsCount));
    }

    [Theory]
    [InlineData(null, "no cursor")]
    [InlineData("", "no cursor")]
    [InlineData("same", "same cursor twice")]
    public void A_lost_cursor_is_a_named_restart(string? next, string why)
    {
        var again = Assert.IsType<PageDecision.Restart>(Decide(new TaniumPosition { Cursor = "same" }, Page(more: true, next: next),
            received: 20));
        Assert.Equal((SignalKind.ContinuationMissing, "{\"base\":\"20\",\"pass\":\"1\"}"), (again.Kind, again.Next.ToString()));
        Assert.Contains(why, again.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cursor_that_stays_lost_is_an_error_unless_the_total_is_reached()
    {
        var at = new TaniumPosition { Cursor = "same", Pass = 1, Base = 20 };
        var error = Assert.Throws<PagingException>(() => Decide(at, Page(more: true, next: "same", total: 95), received: 20));
        Assert.Equal(PagingErrorKind.PositionRepeated, error.Kind);
        Assert.Equal(EndReason.CountReached,
            Assert.IsType<PageDecision.End>(Decide(at, Page(more: true, next: null, total: 20), received: 20)).What.Reason);
        Assert.Throws<PagingException>(() => Decide(at, Page(more: true, next: null), received: 20));
    }

    [Fact]
    public void An_expired_cursor_begins_again()
    {
        var page = new TaniumPage([]) { Expired = "it says so" };
        var again = Assert.IsType<PageDecision.Restart>(Decide(new TaniumPosition { Cursor = "c" }, page, received: 20));
        Assert.Equal(SignalKind.ContinuationExpired, again.Kind);
        Assert.Contains("it says so", again.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(95L, null, 95, "LastPage")]
    [InlineData(null, null, 95, "LastPage")]
    [InlineData(95L, null, 94, "Check")]
    [InlineData(null, 95L, 94, "Check")]
    [InlineData(94L, 95L, 94, "Check")]
    [InlineData(0L, null, 94, "LastPage")]
    public void The_end_needs_the_total(long? total, long? expected, int received, string decision)
    {
        var decided = Decide(new TaniumPosition { Cursor = "c" }, Page(more: false, total: total), received, expected);
        if (decision == "Check")
            Assert.True(_strategy.CreateRequest(Assert.IsType<PageDecision.Continue>(decided).Next).IsCount);
        else
            Assert.Equal(decision, Assert.IsType<PageDecision.End>(decided).What.Reason.ToString());
    }

    [Theory]
    [InlineData(1, 95L, 94, typeof(PageDecision.Restart))]
    [InlineData(1, 94L, 94, typeof(PageDecision.End))]
    [InlineData(1, null, 94, typeof(PageDecision.End))]
    [InlineData(1, 0L, 94, typeof(PageDecision.Continue))]
    [InlineData(3, 0L, 94, typeof(PageDecision.End))]
    public void A_total_that_is_read_again_decides(int check, long? total, int received, Type decision) =>
        Assert.IsType(decision, Decide(new TaniumPosition { Check = check }, Page(more: true, total: total), received));

    [Fact]
    public void A_pass_that_brings_nothing_new_ends_the_walk()
    {
        var end = Assert.IsType<PageDecision.End>(Decide(new TaniumPosition { Pass = 1, Base = 90 }, Page(more: false, total: 95),
            received: 90));
        Assert.Equal(EndReason.NothingNew, end.What.Reason);
    }

    [Fact]
    public void A_total_that_fell_is_read_once_more_from_the_beginning()
    {
        var page = new TaniumPage([]) { Total = 94, LastTotal = 94, Unsettled = "totalRecords moved from 95 to 94" };
        Assert.Equal(SignalKind.TotalChanged,
            Assert.IsType<PageDecision.Restart>(Decide(new TaniumPosition { Cursor = "c" }, page, 94)).Kind);
        Assert.IsType<PageDecision.End>(Decide(new TaniumPosition { Cursor = "c", Pass = 1, Base = 94 }, page, 94));
    }

    [Fact]
    public void A_refresh_asks_for_the_cursor_of_the_collection_first()
    {
        var strategy = new TaniumStrategy("endpoints", 100, backward: false, refresh: true);
        Assert.True(strategy.CreateRequest(strategy.Start).IsProbe);
        var next = Assert.IsType<PageDecision.Continue>(strategy.Decide(strategy.Start,
            new TaniumPage([]) { HasMore = true, Next = "x", RefreshCursor = "r" }, default));
        Assert.Equal(("r", null), (strategy.CreateRequest(next.Next).Refresh, strategy.CreateRequest(next.Next).Cursor));
        var after = Assert.IsType<PageDecision.Continue>(strategy.Decide(next.Next, Page(more: true, next: "c"), default));
        Assert.Equal((null, "c"), (strategy.CreateRequest(after.Next).Refresh, strategy.CreateRequest(after.Next).Cursor));
        var again = Assert.IsType<PageDecision.Restart>(strategy.Decide(next.Next, new TaniumPage([]) { Expired = "gone" }, default));
        Assert.True(strategy.CreateRequest(again.Next).IsProbe);
        Assert.Contains("cannot be refreshed",
            Assert.Throws<PagingException>(() => strategy.Decide(strategy.Start, new TaniumPage([]), default)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cursor", "")]
    [InlineData("offset", "1")]
    [InlineData("pass", "-1")]
    [InlineData("check", "x")]
    public void A_position_of_another_strategy_is_refused(string name, string value) =>
        Assert.Throws<FormatException>(() => TaniumStrategy.EnsureReadable(PagePosition.Of((name, value))));

    [Fact]
    public void The_id_alone_identifies_a_record()
    {
        Record Parse(string json) => s_parser.Parse(Encoding.UTF8.GetBytes(json));
        var (first, changed, other) = (Parse("{\"id\":\"1\",\"a\":1}"), Parse("{\"a\":2,\"id\":\"1\"}"), Parse("{\"id\":\"2\",\"a\":1}"));
        Assert.Equal(_strategy.IdentityOf(in first), _strategy.IdentityOf(in changed));
        Assert.NotEqual(_strategy.IdentityOf(in first), _strategy.IdentityOf(in other));
    }

    private static TaniumPage Page(bool more, string? next = null, long? total = null) =>
        new([]) { HasMore = more, Next = next, Total = total, LastTotal = total > 0 ? total : null };

    private PageDecision Decide(TaniumPosition at, TaniumPage page, long received, long? expected = null) =>
        _strategy.Decide(at.ToPagePosition(), page, new WalkState(0, received, expected));
}
