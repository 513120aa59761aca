using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class BufferStrategyTests
{
    private static readonly WalkState s_state = new(1, 1, null);

    [Fact]
    public void The_first_page_begins_at_the_offset_and_keeps_the_sort_order()
    {
        var strategy = new BufferStrategy(3, offset: 7, new PollOptions { SortBy = "x" });
        var request = strategy.CreateRequest(strategy.Start);
        Assert.Equal((7, 3, "x"), (request.Offset, request.Limit, request.SortBy));
    }

    [Theory]
    // eventCount is the size of the buffer.
    [InlineData(0, "a b", false, 5L, "2")]
    [InlineData(2, "a b", false, 5L, "4")]
    [InlineData(4, "a", false, 5L, "Whole")]
    [InlineData(4, "a", true, 5L, "BufferEnd")]
    [InlineData(3, "a b", true, 5L, "BufferEnd")]
    // Without it only an empty slice ends the buffer.
    [InlineData(0, "a", null, null, "1")]
    [InlineData(1, "", null, null, "Whole")]
    [InlineData(1, "", true, null, "BufferEnd")]
    // A slice that is empty too early ends it, too.
    [InlineData(1, "", false, 5L, "Whole")]
    public void The_walk_continues_after_the_last_row(int offset, string rows, bool? hasMore, long? count, string expected)
    {
        var strategy = new BufferStrategy(2, offset);
        var content = strategy.Read(strategy.Start, Rows.Answer(rows, hasMore, count));
        var decision = strategy.Decide(strategy.Start, content, s_state);
        var outcome = decision is PageDecision.Continue go ? go.Next["offset"] : ((PageDecision.End)decision).What.Reason.ToString();
        Assert.Equal(expected, outcome);
    }

    [Fact]
    public void The_page_has_the_metadata_of_the_answer()
    {
        var strategy = new BufferStrategy(2);
        var content = strategy.Read(strategy.Start, Rows.Answer("a@1 a@1", count: 2));
        Assert.Equal(("a a", 2L), (Rows.Ids(content.Items), content.Total));
        Assert.Equal(("careful", "T"), (Assert.Single(content.Warnings), content.TraceId));
    }

    [Fact]
    public void Equal_rows_are_two_rows()
    {
        var strategy = new BufferStrategy(2);
        Assert.True(strategy.IdentityOf(Rows.Of("a@1")[0]).IsNone);
        Assert.Equal(IdentityMemory.None, strategy.Memory);
    }
}
