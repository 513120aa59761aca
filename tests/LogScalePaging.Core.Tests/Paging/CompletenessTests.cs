using LogScalePaging.Paging;

namespace LogScalePaging.Core.Tests.Paging;

public sealed class CompletenessTests
{
    [Theory]
    // before, after, received, received late -> state, missing, late
    [InlineData(10L, 10L, 10, 0, CompletenessState.Complete, 0, 0)]
    [InlineData(10L, null, 10, 0, CompletenessState.Complete, 0, 0)]
    [InlineData(null, 10L, 10, 0, CompletenessState.Complete, 0, 0)]
    [InlineData(0L, null, 0, 0, CompletenessState.Complete, 0, 0)]
    [InlineData(null, null, 10, 0, CompletenessState.Unverified, 0, 0)]
    [InlineData(10L, 10L, 9, 0, CompletenessState.Incomplete, 1, 0)]
    [InlineData(null, 10L, 9, 0, CompletenessState.Incomplete, 1, 0)]
    // Three came late and are not here.
    [InlineData(10L, 13L, 10, 0, CompletenessState.Complete, 0, 3)]
    // Three came late, two of them are here.
    [InlineData(10L, 13L, 12, 2, CompletenessState.Complete, 0, 1)]
    // All late ones are here.
    [InlineData(10L, 13L, 13, 3, CompletenessState.Complete, 0, 0)]
    // A late arrival must not hide that an original is missing.
    [InlineData(10L, 11L, 10, 1, CompletenessState.Incomplete, 1, 0)]
    // More than was ever counted.
    [InlineData(10L, 10L, 11, 0, CompletenessState.Unverified, 0, 0)]
    // Old events fell out of the retention while they were read.
    [InlineData(10L, 8L, 10, 0, CompletenessState.Complete, 0, 0)]
    public void The_verdict(long? before, long? after, long received, long late, CompletenessState state, long missing, long lateMissing)
    {
        var verdict = Completeness.Judge(before, after, received, late);
        Assert.Equal((state, missing, lateMissing), (verdict.State, verdict.Missing, verdict.Late));
        Assert.Equal((before, after, received), (verdict.ExpectedBefore, verdict.ExpectedAfter, verdict.Received));
        Assert.NotEmpty(verdict.Reason);
    }

    [Fact]
    public void A_limit_that_is_reached_is_complete_and_says_of_how_many()
    {
        var verdict = Completeness.Judge(1_500, null, 1_000, limit: 1_000);
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Contains("1,000 of 1,500", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_walk_that_broke_off_is_incomplete_whatever_was_counted()
    {
        Assert.Equal(CompletenessState.Incomplete, Completeness.Broken(10, 10, "x").State);
        Assert.Equal(4, Completeness.Broken(10, 6, "x").Missing);
    }
}
