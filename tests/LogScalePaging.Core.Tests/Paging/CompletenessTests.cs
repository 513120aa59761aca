using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;

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
    // Old events fell out of the retention while they were read, or one of the counts is wrong.
    [InlineData(10L, 8L, 10, 0, CompletenessState.Unverified, 0, 0)]
    public void The_verdict(long? before, long? after, long received, long late, CompletenessState state, long missing, long lateMissing)
    {
        var verdict = Completeness.Judge(
            new SearchFacts { Before = before, After = after, Received = received, Notes = new RowNotes(late, late) });
        Assert.Equal((state, missing, lateMissing), (verdict.State, verdict.Missing, verdict.Late));
        Assert.Equal((before, after, received), (verdict.ExpectedBefore, verdict.ExpectedAfter, verdict.Received));
        Assert.NotEmpty(verdict.Reason);
    }

    [Theory]
    [InlineData(RecordOrder.NewestFirst, "the newest 1,000 of 1,500 records, because of the limit")]
    [InlineData(RecordOrder.OldestFirst, "the oldest 1,000 of 1,500 records, because of the limit")]
    [InlineData(RecordOrder.AsSent, "the first 1,000 of 1,500 records, because of the limit")]
    public void A_limit_says_which_records_it_kept(RecordOrder order, string reason) =>
        Assert.Equal(reason, Completeness.Judge(new SearchFacts { Before = 1_500, Received = 1_000, Limit = 1_000, Order = order }).Reason);

    [Fact]
    public void A_limit_that_is_reached_is_complete_and_says_of_how_many()
    {
        var verdict = Completeness.Judge(new SearchFacts { Before = 1_500, Received = 1_000, Limit = 1_000 });
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Contains("1,000 of 1,500", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000, 0, 0)]
    [InlineData(900, 0, 100)]
    // Each event that a window lacks may be one of the newest.
    [InlineData(1_000, 3, 3)]
    [InlineData(999, 3, 3)]
    public void Within_a_limit_only_the_newest_are_missing(long received, long knownMissing, long missing)
    {
        var facts = new SearchFacts { Before = 1_500, Received = received, KnownMissing = knownMissing, Limit = 1_000 };
        var verdict = Completeness.Judge(facts);
        Assert.Equal(missing == 0 ? CompletenessState.Complete : CompletenessState.Incomplete, verdict.State);
        Assert.Equal(missing, verdict.Missing);
    }

    [Theory]
    [InlineData(1_500L, null, 1_490)]
    [InlineData(1_500L, 100L, 90)]
    [InlineData(50L, 100L, 40)]
    [InlineData(null, 100L, 0)]
    [InlineData(5L, 100L, 0)]
    public void A_walk_that_broke_off_lacks_at_most_its_limit(long? before, long? limit, long missing) =>
        Assert.Equal(missing, Completeness.Broken(before, 10, "x", limit).Missing);

    [Fact]
    public void A_walk_that_broke_off_is_incomplete_whatever_was_counted()
    {
        Assert.Equal(CompletenessState.Incomplete, Completeness.Broken(10, 10, "x").State);
        Assert.Equal(4, Completeness.Broken(10, 6, "x").Missing);
    }

    [Theory]
    // An ingest time of the year 2100, or a slow clock, makes events look late. They cannot be late, because the count did not grow.
    [InlineData(10L, 10L, 10, 3, 3, CompletenessState.Complete)]
    [InlineData(10L, 11L, 11, 5, 5, CompletenessState.Complete)]
    // Between the two counts. Those that came about the time of the first count may be late.
    [InlineData(10L, 13L, 12, 0, 2, CompletenessState.Complete)]
    // There are more late events than the count grew by, so the clock is wrong and is ignored.
    [InlineData(10L, 13L, 10, 150, 150, CompletenessState.Complete)]
    [InlineData(10L, 13L, 12, 150, 150, CompletenessState.Unverified)]
    // No received event can be late, but more were received than counted. One of the first ten may be missing.
    [InlineData(10L, 13L, 12, 0, 0, CompletenessState.Unverified)]
    public void Clocks_explain_no_more_than_the_counts_allow(long? before, long? after, long received, long late, long possiblyLate,
        CompletenessState state) =>
        Assert.Equal(state,
            Completeness.Judge(
                new SearchFacts { Before = before, After = after, Received = received, Notes = new RowNotes(late, possiblyLate) }).State);

    [Fact]
    public void A_doubt_makes_a_complete_result_unverified_and_is_named()
    {
        var facts = new SearchFacts { Before = 10, After = 10, Received = 10 };
        var doubted = Completeness.Judge(facts with { Doubts = ["the server warns: partial", "another"] });
        Assert.Equal(CompletenessState.Unverified, doubted.State);
        Assert.Contains("the server warns: partial", doubted.Reason, StringComparison.Ordinal);
        var untold = Completeness.Judge(facts with { Notes = new RowNotes(WithoutId: 2) });
        Assert.Equal(CompletenessState.Unverified, untold.State);
        Assert.Contains("@id", untold.Reason, StringComparison.Ordinal);
        Assert.Equal(CompletenessState.Incomplete, Completeness.Judge(facts with { Received = 9, Doubts = ["x"] }).State);
    }

    [Fact]
    public void Events_that_a_window_lacks_are_missing_whatever_came_late_elsewhere()
    {
        var verdict = Completeness.Judge(
            new SearchFacts { Before = 10, After = 12, Received = 11, Notes = new RowNotes(2, 2), KnownMissing = 1 });
        Assert.Equal((CompletenessState.Incomplete, 1), (verdict.State, verdict.Missing));
    }
}
