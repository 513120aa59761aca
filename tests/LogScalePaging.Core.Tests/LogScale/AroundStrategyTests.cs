using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records.Identities;
using static LogScalePaging.Core.Tests.LogScale.AroundSteps;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class AroundStrategyTests
{
    [Fact]
    public void The_first_request_is_the_query_itself()
    {
        var strategy = Strategy();
        Assert.Equal("Around", strategy.Name);
        Assert.Equal(IdentityMemory.All, strategy.Memory);
        Assert.Same(Spec, strategy.CreateRequest(strategy.Start));
    }

    [Fact]
    public void A_page_requests_the_events_before_its_anchor()
    {
        var request = Strategy().CreateRequest(Page("a", 5_000));
        Assert.Equal(Spec with { Around = new AroundAnchor("a", 5_000, 4) }, request);
    }

    [Fact]
    public void A_probe_asks_for_the_two_events_before_the_newest()
    {
        var position = PagePosition.Of(("kind", "probe"), ("probeId", "a"), ("probeTimestamp", "5000"));
        Assert.Equal(new AroundAnchor("a", 5_000, 3), Strategy().CreateRequest(position).Around);
    }

    [Theory]
    [InlineData("kind", "other")]
    [InlineData("timestamp", "soon")]
    [InlineData("before", null)]
    public void A_damaged_position_is_refused(string name, string? value)
    {
        var position = PagePosition.Of([.. Page("a", 5_000).Values.Select(v => (v.Key, v.Key == name ? value : (string?)v.Value))]);
        Assert.Throws<FormatException>(() => Strategy().CreateRequest(position));
    }

    [Theory]
    [InlineData("a@5000 b@4000 c@3000", "b c", "NewestFirst")]
    [InlineData("c@3000 b@4000 a@5000", "b c", "OldestFirst")]
    public void A_page_shows_the_order_of_answers_by_its_times(string rows, string fresh, string order)
    {
        var (content, decision) = Step(Strategy(), Page("a", 5_000), rows);
        Assert.Equal($"a {fresh}", Rows.Ids(content.Items));
        Assert.Equal(("c", "3000", order), (Next(decision)["id"], Next(decision)["timestamp"], Next(decision)["order"]));
    }

    [Theory]
    [InlineData("a@5000 b@5000 c@5000", "c")]
    [InlineData("c@5000 b@5000 a@5000", "c")]
    public void A_page_of_one_instant_shows_the_order_by_its_anchor(string rows, string oldest) =>
        Assert.Equal(oldest, Next(Step(Strategy(), Page("a", 5_000), rows).Decision)["id"]);

    [Fact]
    public void A_page_of_one_instant_without_its_anchor_follows_the_known_order()
    {
        var known = Page("a", 5_000, ("order", "OldestFirst"));
        Assert.Equal("b", Next(Step(Strategy(), known, "b@5000 c@5000").Decision)["id"]);
        // If the order is not known and cannot be found, newest first is assumed.
        Assert.Equal("c", Next(Step(Strategy(), Page("a", 5_000), "b@5000 c@5000").Decision)["id"]);
    }

    [Fact]
    public void An_order_that_is_not_known_is_probed_with_events_whose_order_is_known()
    {
        var strategy = Strategy();
        var position = Page("p", 5_000, ("firstId", "a"), ("firstTimestamp", "6000"), ("secondId", "b"), ("thirdId", "c"));
        var (content, decision) = Step(strategy, position, "x@5000 y@5000");
        Assert.Empty(content.Items);
        Assert.Equal(("probe", "a", "6000"), (Next(decision)["kind"], Next(decision)["probeId"], Next(decision)["probeTimestamp"]));
        foreach (var (answer, order) in new[]
        {
            ("a@6000 b@6000 c@6000", "NewestFirst"), ("c@6000 b@6000 a@6000", "OldestFirst"),
            // Any two of the three are enough.
            ("c@6000 b@6000", "OldestFirst"), ("b@6000 c@6000", "NewestFirst"), ("c@6000", "NewestFirst"), ("", "NewestFirst"),
        })
        {
            var (probed, after) = Step(strategy, Next(decision), answer);
            Assert.Empty(probed.Items);
            var next = Next(after);
            Assert.Equal(("page", order, "p", null), (next["kind"], next["order"], next["id"], next["probeId"]));
        }
    }

    [Fact]
    public void Events_newer_than_the_anchor_or_older_than_the_range_are_left_out()
    {
        var (content, decision) = Step(Strategy(), Page("b", 4_000), "z@5000 b@4000 c@1000 d@999");
        Assert.Equal("b c", Rows.Ids(content.Items));
        Assert.Equal("RangeStart", End(decision));
    }

    [Fact]
    public void A_range_without_start_is_not_clipped()
    {
        var strategy = new AroundStrategy(new QueryJobSpec("a=1"), 4);
        Assert.Equal("b c", Rows.Ids(Step(strategy, Page("b", 4_000), "b@4000 c@1").Content.Items));
    }

    [Theory]
    // A short page ends the walk only when the count is reached.
    [InlineData("b@4000 c@3000", 2L, "CountReached")]
    [InlineData("b@4000 c@3000", 3L, "page c 4")]
    [InlineData("b@4000 c@3000", null, "page c 4")]
    // A full page never does.
    [InlineData("b@4000 c@3000 d@2000 e@2000", 2L, "page e 4")]
    public void A_short_page_ends_the_walk_when_the_count_is_reached(string rows, long? expected, string outcome) =>
        Assert.Equal(outcome, Outcome(Step(Strategy(), Page("b", 4_000), rows, state: new WalkState(1, 2, expected)).Decision));

    [Fact]
    public void A_page_that_the_server_limits_is_not_the_last_one()
    {
        var rows = string.Join(" ", Enumerable.Range(0, 200).Select(i => FormattableString.Invariant($"e{i}@{4_000 - i}")));
        var position = Page("e0", 4_000, ("before", "5000"));
        Assert.Equal("page e199 5000", Outcome(Step(Strategy(), position, rows, state: new WalkState(1, 9, 9)).Decision));
    }

    [Theory]
    // A full page hides the events after it.
    [InlineData("b@4000 c@4000 d@4000 e@4000", 4, 9L, null, "page b 8 widened")]
    [InlineData("b@4000 c@4000 d@4000 e@4000", 4, null, null, "page b 8 widened")]
    [InlineData("b@4000 c@4000 d@4000 e@4000", 200_000, 9L, null, "NothingNew")]
    // A short one does not; the other end of the instant may.
    [InlineData("b@4000 c@4000", 4, 9L, null, "NothingNew")]
    [InlineData("b@4000 c@4000", 4, 9L, "x", "page x 4")]
    [InlineData("b@4000 c@4000", 4, null, "x", "NothingNew")]
    [InlineData("b@4000 c@4000 d@4000 e@4000", 4, 9L, "x", "page b 8 widened")]
    // No page is requested again when the count is reached.
    [InlineData("b@4000 c@4000 d@4000 e@4000", 4, 7L, "x", "NothingNew")]
    [InlineData("", 4, 9L, null, "NothingNew")]
    public void After_a_page_without_new_events_it_widens_then_changes_the_anchor_then_ends(
        string rows, int before, long? expected, string? other, string outcome)
    {
        var position = Page("b", 4_000, ("before", before.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("otherId", other));
        Assert.Equal(outcome, Outcome(Step(Strategy(), position, rows, state: new WalkState(0, 7, expected)).Decision));
    }

    [Fact]
    public void A_page_is_never_widened_beyond_the_largest_one()
    {
        var rows = string.Join(" ", Enumerable.Range(0, 150_000).Select(i => FormattableString.Invariant($"e{i}@4000")));
        var position = Page("e0", 4_000, ("before", "150000"));
        Assert.Equal("page e0 200000 widened", Outcome(Step(Strategy(), position, rows, state: new WalkState(0, 7, 9)).Decision));
    }

    [Fact]
    public void The_other_end_of_an_instant_is_tried_once()
    {
        var decision = Step(Strategy(), Page("b", 4_000, ("otherId", "x")), "b@4000", state: new WalkState(0, 7, 9)).Decision;
        Assert.Null(Next(decision)["otherId"]);
    }
}
