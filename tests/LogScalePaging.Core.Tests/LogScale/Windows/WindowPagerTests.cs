using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Search;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Core.Tests.LogScale.Windows;

/// <summary>
/// Slices of a window, walked by the pager: what it drops, counts and refuses, with all rows remembered and with those of one instant.
/// </summary>
public sealed class WindowPagerTests
{
    private static readonly TimeWindow s_window = new(10, 20);

    [Theory]
    [InlineData("a@19 b@18 | c@18 d@15", "a b c d", 0, 0)]
    [InlineData("a@19=x a@19=y | a@19=z d@15", "a a a d", 2, 0)]
    [InlineData("a@19 ?@18 | ?@18 d@15", "a ? ? d", 0, 2)]
    // Rows of its neighbours are left to them, those between two slices too.
    [InlineData("x@20 a@19 | b@18 y@9", "a b", 0, 0)]
    public async Task Rows_are_passed_on_and_observed(string slices, string expected, int repeatedIds, int withoutId)
    {
        foreach (var inOrder in new[] { false, true })
        {
            var pages = await WalkAsync(slices, inOrder);
            Assert.Equal(expected, Rows.Ids(pages.SelectMany(p => p.Items)));
            Assert.Equal((repeatedIds, withoutId), (pages.Sum(p => p.Info.RepeatedIds), pages.Sum(p => p.Info.WithoutId)));
        }
    }

    [Theory]
    [InlineData("a@19 b@18 | b@18 d@15")]
    [InlineData("a@18 b@18 | c@18 a@18")]
    [InlineData("a@18 b@18 | c@18 d@18 | e@18 a@18")]
    [InlineData("a@18 a@18 | c@18 d@18")]
    public async Task Slices_that_repeat_a_row_disagree(string slices)
    {
        foreach (var inOrder in new[] { false, true })
        {
            var e = await Assert.ThrowsAsync<PagingException>(() => WalkAsync(slices, inOrder));
            Assert.IsType<SlicesDisagreeException>(e.InnerException);
        }
    }

    [Theory]
    [InlineData("a@19 b@15 | a@19 d@14", true)]
    [InlineData("a@19 b@15 | c@18 d@17", false)]
    // A row of a later slice in the first one, and the other way round.
    [InlineData("a@19 d@12 | c@18 d@12", true)]
    [InlineData("?@19 ?@15 | ?@18 ?@17", false)]
    public async Task Slices_that_do_not_follow_each_other_need_all_rows_remembered(string slices, bool repeats)
    {
        var e = await Assert.ThrowsAsync<PagingException>(() => WalkAsync(slices, inOrder: true));
        Assert.IsType<OutOfOrderException>(e.InnerException);
        if (!repeats)
        {
            Assert.Equal(4, (await WalkAsync(slices, inOrder: false)).Sum(p => p.Items.Count));
            return;
        }
        e = await Assert.ThrowsAsync<PagingException>(() => WalkAsync(slices, inOrder: false));
        Assert.IsType<SlicesDisagreeException>(e.InnerException);
    }

    [Fact]
    public async Task One_body_is_put_in_order_before_it_is_compared()
    {
        foreach (var inOrder in new[] { false, true })
        {
            var page = Assert.Single(await WalkAsync("a@12 b@19 a@12 c@15", inOrder));
            Assert.Equal("b c a", Rows.Ids(page.Items));
            Assert.Equal(1, page.Info.Duplicates);
        }
    }

    [Fact]
    public void Only_a_window_in_order_has_its_special_memory()
    {
        Assert.Null(new WindowStrategy(s_window, 4, 2, false).NewMemory());
        Assert.IsType<InstantMemory>(new WindowStrategy(s_window, 4, 2, false, inOrder: true).NewMemory());
    }

    private static async Task<List<Page<Record>>> WalkAsync(string slices, bool inOrder)
    {
        var answers = slices.Split('|').Select(s => Rows.Answer(s)).ToList();
        var (total, slice) = (answers.Sum(a => a.Events.Count), answers[0].Events.Count);
        var identity = new WalkIdentity("Test", "http://host", "repo", "query", 10, 20);
        var pager = new Pager<PollOptions, QueryResult, Record>(
            new WindowStrategy(s_window, total, slice, oldestFirst: false, inOrder: inOrder),
            new Slices(answers, slice),
            new PagerOptions { Identity = identity });
        var pages = new List<Page<Record>>();
        await foreach (var page in pager.PagesAsync(null))
            pages.Add(page);
        return pages;
    }

    private sealed class Slices(List<QueryResult> answers, int slice) : IPageSource<PollOptions, QueryResult>
    {
        public Task<QueryResult> FetchAsync(PollOptions request, CancellationToken cancellationToken) =>
            Task.FromResult(answers[request.Offset!.Value / slice]);
    }
}
