using LogScalePaging.LogScale.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Core.Tests.LogScale.Windows;

public sealed class WindowStrategyTests
{
    private static readonly TimeWindow s_window = new(10, 20);

    [Theory]
    [InlineData(0L, 4, false, "0+1")]
    [InlineData(3L, 4, false, "0+3")]
    [InlineData(4L, 4, false, "0+4")]
    [InlineData(9L, 4, false, "0+4 4+4 8+1")]
    [InlineData(8L, 4, false, "0+4 4+4")]
    [InlineData(0L, 4, true, "0+1")]
    [InlineData(3L, 4, true, "0+3")]
    [InlineData(9L, 4, true, "5+4 1+4 0+1")]
    [InlineData(8L, 4, true, "4+4 0+4")]
    public void Slices_cover_each_row_once_newest_first(long total, int slice, bool oldestFirst, string expected)
    {
        var strategy = new WindowStrategy(s_window, total, slice, oldestFirst);
        var slices = new List<string>();
        for (var position = strategy.Start; position is not null;)
        {
            var request = strategy.CreateRequest(position);
            slices.Add(FormattableString.Invariant($"{request.Offset}+{request.Limit}"));
            var rows = string.Join(" ", Enumerable.Range(0, (int)Math.Min(total, request.Limit!.Value)).Select(_ => "a@15"));
            var decision = strategy.Decide(position, strategy.Read(position, Rows.Answer(rows)), new WalkState(1, 1, null));
            position = (decision as PageDecision.Continue)?.Next;
        }
        Assert.Equal(expected, string.Join(" ", slices));
    }

    [Theory]
    [InlineData(false, "a@19 b@15 c@10", "a b c")]
    [InlineData(true, "c@10 b@15 a@19", "a b c")]
    // An inclusive end lets events of the neighbour in, and a bad server others.
    [InlineData(false, "x@20 a@19 y@9", "a")]
    [InlineData(true, "y@9 a@19 x@20", "a")]
    public void Rows_of_the_window_come_newest_first(bool oldestFirst, string rows, string expected) =>
        Assert.Equal(expected, Read(new WindowStrategy(s_window, 3, 4, oldestFirst), rows));

    [Fact]
    public void The_newest_window_keeps_what_the_end_lets_in() =>
        Assert.Equal("x a", Read(new WindowStrategy(s_window with { IsNewest = true }, 3, 4, false), "x@20 a@19 y@9"));

    [Fact]
    public void A_whole_range_keeps_all_rows_also_those_without_time() =>
        Assert.Equal("x a y z", Read(new WindowStrategy(s_window with { IsWhole = true }, 4, 4, false), "x@20 a@19 y@9 z"));

    [Theory]
    [InlineData(false, "b@1 a@99 c@15", "b a c")]
    [InlineData(true, "b@1 a@99 c", "c a b")]
    public void Where_the_query_writes_the_times_rows_stay_as_sent(bool oldestFirst, string rows, string expected) =>
        Assert.Equal(expected, Read(new WindowStrategy(s_window, 3, 4, oldestFirst, asSent: true), rows));

    [Fact]
    public void A_row_without_time_cannot_be_given_to_a_window()
    {
        var e = Assert.Throws<PagingException>(() => Read(new WindowStrategy(s_window, 2, 4, false), "a@15 b"));
        Assert.Equal(PagingErrorKind.FieldsMissing, e.Kind);
    }

    [Theory]
    [InlineData(false, "a@11 b@12", true)]
    [InlineData(true, "a@12 b@11", true)]
    [InlineData(false, "a@12 b@11", false)]
    [InlineData(false, "a@11 b@11", false)]
    [InlineData(false, "a@11", false)]
    public void A_slice_in_the_other_order_ends_the_walk_when_the_order_matters(bool oldestFirst, string rows, bool other)
    {
        var strategy = new WindowStrategy(s_window, 2, 4, oldestFirst, mustFollow: true);
        if (other)
            Assert.IsType<OtherOrderException>(Assert.Throws<PagingException>(() => Read(strategy, rows)).InnerException);
        else
            Assert.Equal(2 - (rows.Length < 5 ? 1 : 0), Rows.Of(Read(strategy, rows)).Count);
        Assert.NotEmpty(Read(new WindowStrategy(s_window, 2, 4, oldestFirst), rows));
    }

    [Theory]
    [InlineData(9L, "a@15 b@15 c@15", 0)]
    [InlineData(9L, "a@15 b@15 c@15 d@15 e@15", 0)]
    [InlineData(9L, "", 0)]
    [InlineData(9L, "a@15 b@15 c@15 d@15", 1)]
    public void Another_number_of_rows_or_a_repeated_one_means_that_slices_disagree(long total, string rows, int repeated)
    {
        var strategy = new WindowStrategy(s_window, total, 4, false);
        var content = strategy.Read(strategy.Start, Rows.Answer(rows));
        var e = Assert.Throws<PagingException>(() => strategy.Decide(strategy.Start, content, new WalkState(0, 0, null, repeated)));
        Assert.Equal(PagingErrorKind.ItemsRepeated, e.Kind);
        Assert.Equal(total, Assert.IsType<SlicesDisagreeException>(e.InnerException).Total);
    }

    [Fact]
    public void Rows_that_one_body_repeats_are_dropped_and_left_to_the_count()
    {
        var strategy = new WindowStrategy(s_window, 2, 4, false);
        var content = strategy.Read(strategy.Start, Rows.Answer("a@15 a@15"));
        var decision = strategy.Decide(strategy.Start, content, new WalkState(1, 1, null, 1));
        Assert.Equal(EndReason.Whole, Assert.IsType<PageDecision.End>(decision).What.Reason);
        Assert.Equal(IdentityMemory.All, strategy.Memory);
    }

    private static string Read(WindowStrategy strategy, string rows)
    {
        var content = strategy.Read(strategy.Start, Rows.Answer(rows));
        Assert.Equal(("careful", "T"), (Assert.Single(content.Warnings), content.TraceId));
        return Rows.Ids(content.Items);
    }
}
