using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class AnswerOrderTests
{
    [Theory]
    [InlineData("", null, "NewestFirst")]
    [InlineData("a@5", null, "NewestFirst")]
    [InlineData("a@5 b@4", null, "NewestFirst")]
    [InlineData("a@4 b@5", null, "OldestFirst")]
    // Only the ends are compared.
    [InlineData("a@5 b@9 c@4", null, "NewestFirst")]
    // All in one instant: the place of the anchor decides.
    [InlineData("a@5 b@5", null, "Unknown")]
    [InlineData("a@5 b@5", "x", "Unknown")]
    [InlineData("a@5 b@5 c@5", "b", "Unknown")]
    [InlineData("a@5 b@5", "a", "NewestFirst")]
    [InlineData("a@5 b@5", "b", "OldestFirst")]
    [InlineData("a b", null, "Unknown")]
    // A row without a time says nothing against the other.
    [InlineData("a b@5", null, "OldestFirst")]
    [InlineData("a@5 b", null, "OldestFirst")]
    public void The_times_or_the_anchor_tell_the_order(string rows, string? anchor, string order) =>
        Assert.Equal(order, AnswerOrders.Of(Rows.Of(rows), anchor).ToString());

    [Theory]
    [InlineData("", true)]
    [InlineData("a@5 b@5 c@4", true)]
    [InlineData("a@4 b@5", false)]
    [InlineData("a@5 b@3 c@4", false)]
    [InlineData("a@5 b c@4", false)]
    [InlineData("a", false)]
    public void Rows_are_in_order_when_each_has_a_time_and_none_is_newer_than_the_one_before(string rows, bool expected) =>
        Assert.Equal(expected, AnswerOrders.AreNewestFirst(Rows.Of(rows)));

    [Theory]
    [InlineData("", "NewestFirst", "")]
    [InlineData("a@5 b@4 c@4 d@3", "NewestFirst", "a b c d")]
    [InlineData("d@3 c@4 b@4 a@5", "OldestFirst", "a b c d")]
    // Rows that are not in order are put in order; within an instant the order stays.
    [InlineData("a@4 b@5 c@4 d@5", "NewestFirst", "b d a c")]
    [InlineData("a@4 b@5 c@4 d@5", "OldestFirst", "d b c a")]
    [InlineData("a@5 b@5", "Unknown", "a b")]
    public void Rows_come_newest_first_and_keep_the_order_of_an_instant(string rows, string order, string expected)
    {
        Assert.True(Enum.TryParse<AnswerOrder>(order, out var parsed));
        Assert.Equal(expected, Rows.Ids(AnswerOrders.NewestFirst(Rows.Of(rows), parsed)));
    }
}
