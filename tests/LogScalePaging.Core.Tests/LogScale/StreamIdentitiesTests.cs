using LogScalePaging.LogScale.Streaming;
using LogScalePaging.Paging;

namespace LogScalePaging.Core.Tests.LogScale;

public sealed class StreamIdentitiesTests
{
    [Theory]
    // Batches are divided by a bar.
    [InlineData("a@5 b@4 c@4 d@3", false, 0, 0)]
    [InlineData("a@5 | b@5 | c@5", false, 0, 0)]
    // Rows of one event differ in their bytes.
    [InlineData("a@5=x a@5=y", false, 1, 0)]
    [InlineData("a@5=x | a@5=y", false, 1, 0)]
    [InlineData("a@5=x b@4 | c@4 a@4", false, 0, 0)]
    [InlineData("?@5 a@5", false, 0, 1)]
    [InlineData("?@5 ?@5 | ?@5 a@4 ?@4", false, 0, 4)]
    [InlineData("?@5 | ?@4", false, 0, 2)]
    // If the query writes the times, they say nothing about the order.
    [InlineData("a@5 b@9 c", true, 0, 0)]
    [InlineData("a@5=x b@9 | a@5=y ?@1", true, 1, 1)]
    public void Rows_are_counted_by_what_tells_them_apart(string batches, bool asSent, int repeatedIds, int withoutId)
    {
        var identities = Take(batches, asSent);
        Assert.Equal((repeatedIds, (long)withoutId), (identities.RepeatedIds, identities.WithoutId));
    }

    [Theory]
    [InlineData("a@5 a@5", false)]
    [InlineData("a@5 | a@5", false)]
    [InlineData("a@5 b@5 | c@5 b@5", false)]
    [InlineData("?@5 a@5 | ?@5 a@5", false)]
    [InlineData("a@5 b@9 | c@1 a@5", true)]
    [InlineData("a b | a", true)]
    public void An_event_that_comes_again_breaks_the_stream(string batches, bool asSent) =>
        Assert.Equal(PagingErrorKind.ItemsRepeated, Assert.Throws<PagingException>(() => Take(batches, asSent)).Kind);

    [Theory]
    [InlineData("a@4 b@5", "newest first")]
    [InlineData("a@4 | b@5", "newest first")]
    [InlineData("a@4 b", "no time")]
    public void A_stream_in_another_order_is_refused(string batches, string expected) =>
        Assert.Contains(expected, Assert.Throws<PagingException>(() => Take(batches, asSent: false)).Message, StringComparison.Ordinal);

    private static StreamIdentities Take(string batches, bool asSent)
    {
        var identities = new StreamIdentities(asSent);
        foreach (var batch in batches.Split('|'))
            identities.Add(Rows.Of(batch));
        return identities;
    }
}
