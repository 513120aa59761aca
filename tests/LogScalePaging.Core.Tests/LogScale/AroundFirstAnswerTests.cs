using LogScalePaging.LogScale.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using static LogScalePaging.Core.Tests.LogScale.AroundSteps;

namespace LogScalePaging.Core.Tests.LogScale;

/// <summary>The first answer of an around walk, and the fields that it needs so that the walk can continue.</summary>
public sealed class AroundFirstAnswerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public void A_complete_first_answer_ends_the_walk(bool? hasMore)
    {
        var strategy = Strategy();
        // It does not need the fields of a walk, and the range does not limit it.
        var (content, decision) = Step(strategy, strategy.Start, "a@99999 b ?@5000", hasMore);
        Assert.Equal("a b ?", Rows.Ids(content.Items));
        Assert.Equal("Whole", End(decision));
    }

    [Fact]
    public void A_partial_first_answer_is_continued_from_its_oldest_event()
    {
        var strategy = Strategy();
        var (content, decision) = Step(strategy, strategy.Start, "a@5000 b@4000 c@3000 d@3000", hasMore: true);
        Assert.Equal(("a b c d", "careful", "T"), (Rows.Ids(content.Items), Assert.Single(content.Warnings), content.TraceId));
        Assert.Equal(
            PagePosition.Of(("kind", "page"), ("id", "d"), ("timestamp", "3000"), ("before", "4"), ("otherId", "c"),
                ("firstId", "a"), ("firstTimestamp", "5000"), ("secondId", "b"), ("thirdId", "c")),
            Next(decision));
    }

    [Fact]
    public void A_first_answer_in_wrong_order_is_put_in_order()
    {
        var strategy = Strategy();
        var (content, decision) = Step(strategy, strategy.Start, "c@3000 a@5000 b@4000", hasMore: true);
        Assert.Equal("a b c", Rows.Ids(content.Items));
        Assert.Equal("c", Next(decision)["id"]);
        Assert.Null(Next(decision)["otherId"]);
    }

    [Fact]
    public void Fewer_than_three_events_give_no_probe()
    {
        var strategy = Strategy();
        Assert.Null(Next(Step(strategy, strategy.Start, "a@5000 b@4000", hasMore: true).Decision)["firstId"]);
    }

    [Fact]
    public void A_complete_answer_keeps_its_order_if_the_query_writes_the_times()
    {
        var strategy = new AroundStrategy(Spec, 4, asSent: true);
        Assert.Equal("b a", Rows.Ids(Step(strategy, strategy.Start, "b@1 a@5000", hasMore: false).Content.Items));
    }

    [Theory]
    [InlineData("a@5000 ?@4000", "but @id is missing")]
    [InlineData("a@5000 b", "but @timestamp is missing")]
    [InlineData("a@5000 ?", "but @id and @timestamp are missing")]
    public void A_walk_needs_two_fields_of_each_event(string rows, string expected)
    {
        var strategy = Strategy();
        foreach (var position in new[] { strategy.Start, Page("a", 5_000) })
        {
            var e = Assert.Throws<PagingException>(() => strategy.Read(position, Rows.Answer(rows, hasMore: true)));
            Assert.Equal(PagingErrorKind.FieldsMissing, e.Kind);
            Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_id_that_cannot_be_sent_back_is_not_an_anchor()
    {
        var strategy = Strategy();
        var (_, decision) = Step(strategy, strategy.Start, "a@5000 b@4000 \uFFFD@3000", hasMore: true);
        Assert.Equal("b", Next(decision)["id"]);
        // The next page has the same rows, so it is requested in a larger size as long as this is possible.
        Assert.Equal("8", Next(Step(strategy, Page("b", 4_000), "b@4000 \uFFFD@3000").Decision)["before"]);
        var largest = Page("b", 4_000, ("before", "200000"));
        var e = Assert.Throws<PagingException>(() => Step(strategy, largest, "b@4000 \uFFFD@3000"));
        Assert.Equal(PagingErrorKind.FieldsMissing, e.Kind);
        Assert.Throws<PagingException>(() => Step(strategy, strategy.Start, "\uFFFD@3000", hasMore: true));
    }
}
