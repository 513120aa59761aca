using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Core.Tests.LogScale.Windows;

public sealed class WindowOwnerTests
{
    private static readonly TimeWindow s_newer = new(20, 30, null, IsNewest: true);
    private static readonly TimeWindow s_older = new(10, 20);

    [Fact]
    public void The_time_of_a_row_tells_its_window()
    {
        var owner = new WindowOwner(asSent: false);
        Assert.Equal("a b", Owned(owner, "a@30 b@20 c@19", s_newer));
        Assert.Equal("c", Owned(owner, "a@30 b@20 c@19 d@9", s_older));
        Assert.False(owner.Keep());
    }

    [Fact]
    public void A_page_with_only_own_rows_is_not_copied()
    {
        var page = Page("a@15 b@10");
        Assert.Same(page, new WindowOwner(asSent: false).Owned(page, s_older));
    }

    [Fact]
    public void A_whole_range_owns_every_row()
    {
        var whole = s_older with { IsWhole = true };
        Assert.Equal("a b c", Owned(new WindowOwner(asSent: false), "a@30 b c@1", whole));
        Assert.Equal("a b a", Owned(new WindowOwner(asSent: true), "a@30 b a@30", whole));
    }

    [Fact]
    public void Where_times_say_nothing_a_row_belongs_to_the_first_window_that_keeps_it()
    {
        var owner = new WindowOwner(asSent: true);
        Assert.Equal("a b", Owned(owner, "a@99 b@1", s_newer));
        Assert.False(owner.Keep());
        Assert.Equal("c", Owned(owner, "b@1 c@25", s_older));
        Assert.True(owner.Keep());
    }

    [Fact]
    public void Rows_of_a_discarded_window_have_no_owner()
    {
        var owner = new WindowOwner(asSent: true);
        Assert.Equal("a", Owned(owner, "a@1", s_newer));
        owner.Drop();
        Assert.Equal("a", Owned(owner, "a@1", s_newer));
        Assert.False(owner.Keep());
        Assert.Equal("", Owned(owner, "a@1", s_older));
    }

    [Fact]
    public void A_row_with_other_bytes_or_without_id_is_another_row()
    {
        var owner = new WindowOwner(asSent: true);
        Owned(owner, "a@1 ?@1", s_newer);
        owner.Keep();
        Assert.Equal("a ?", Owned(owner, "a@1=x ?@1", s_older));
        Assert.False(owner.Keep());
    }

    [Fact]
    public void Rows_of_an_earlier_run_are_recalled_only_where_they_are_needed()
    {
        var owner = new WindowOwner(asSent: true);
        owner.Recall(known => known.Add(RecordIdentity.Of(Rows.Of("a@1")[0])));
        Assert.Equal("b", Owned(owner, "a@1 b@1", s_older));
        Assert.True(owner.Keep());
        var calls = 0;
        new WindowOwner(asSent: false).Recall(_ => calls++);
        new WindowOwner(asSent: true).Recall(null);
        Assert.Equal(0, calls);
    }

    private static string Owned(WindowOwner owner, string rows, TimeWindow window) => Rows.Ids(owner.Owned(Page(rows), window).Items);

    private static Page<Record> Page(string rows) => new(Rows.Of(rows), null, new PageInfo());
}
