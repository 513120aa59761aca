using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class AnswerCheckTests
{
    [Theory]
    [InlineData("a@1 b@2", false, 2L, null)]
    [InlineData("a@1 b@2", false, null, null)]
    [InlineData("", false, 0L, null)]
    [InlineData("a@1 b@2", false, 3L, "an answer has 2 rows, but its eventCount is 3")]
    [InlineData("a@1 b@2", null, 1L, "an answer has 2 rows, but its eventCount is 1")]
    // If more events match, the number may be that of all of them.
    [InlineData("a@1 b@2", true, 9L, null)]
    [InlineData("a@1 a@1", true, 9L, "an answer repeats 1 rows")]
    [InlineData("a@1 a@1 a@1 b@2", false, 4L, "an answer repeats 2 rows")]
    // Rows of one event, an event at two times and rows without id are not the same row.
    [InlineData("a@1=x a@1=y", false, 2L, null)]
    [InlineData("a@1 a@2", false, 2L, null)]
    [InlineData("?@1 ?@1", false, 2L, null)]
    public void An_answer_is_compared_with_itself(string rows, bool? hasMore, long? count, string? expected) =>
        Assert.Equal(expected, AnswerCheck.Contradiction(Rows.Answer(rows, hasMore, count)));

    [Fact]
    public void Equal_rows_of_an_aggregate_are_rows()
    {
        var answer = Rows.Answer("a@1 a@1", count: 2);
        Assert.Null(AnswerCheck.Contradiction(answer with { Metadata = answer.Metadata with { IsAggregate = true } }));
        Assert.NotNull(AnswerCheck.Contradiction(answer with { Metadata = answer.Metadata with { IsAggregate = true, EventCount = 3 } }));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a@1 a@1 ?@1 ?@1 a@1=x", 4)]
    // In any order, and without times.
    [InlineData("a@1 b@2 a@1", 2)]
    [InlineData("a@2 b@1 a@2", 2)]
    [InlineData("a b a", 2)]
    [InlineData("a@1 b a@1", 2)]
    public void Distinct_rows_are_counted(string rows, int expected) => Assert.Equal(expected, AnswerCheck.Distinct(Rows.Of(rows)));
}
