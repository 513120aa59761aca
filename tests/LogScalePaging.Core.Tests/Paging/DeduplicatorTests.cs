using System.Globalization;
using LogScalePaging.Paging;

namespace LogScalePaging.Core.Tests.Paging;

public sealed class DeduplicatorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1_000)]
    [InlineData(5_000)]
    public void It_knows_the_last_ones_and_no_others(int capacity)
    {
        var random = new Random(capacity);
        var deduplicator = new Deduplicator(capacity);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var order = new Queue<string>();
        for (var i = 0; i < 40_000; i++)
        {
            var identity = Identity(random.Next(capacity * 2));
            var isNew = known.Add(identity);
            if (isNew)
                order.Enqueue(identity);
            if (order.Count > capacity)
                known.Remove(order.Dequeue());
            Assert.Equal(isNew, deduplicator.Add(identity));
        }
    }

    [Fact]
    public void What_has_no_identity_is_always_new()
    {
        var deduplicator = new Deduplicator();
        Assert.True(deduplicator.Add(null));
        Assert.True(deduplicator.Add(null));
        Assert.True(deduplicator.Add(""));
        Assert.False(deduplicator.Add(""));
    }

    [Fact]
    public void Texts_that_differ_only_in_what_cannot_be_encoded_are_told_apart()
    {
        var deduplicator = new Deduplicator();
        Assert.True(deduplicator.Add("\ud800"));
        Assert.True(deduplicator.Add("\ud801"));
        Assert.True(deduplicator.Add("\0\u00d8"));
        Assert.False(deduplicator.Add("\ud800"));
    }

    [Fact]
    public void Identities_of_any_length_are_taken()
    {
        var deduplicator = new Deduplicator(3);
        var longest = new string('x', 200_000);
        Assert.True(deduplicator.Add(longest));
        Assert.False(deduplicator.Add(longest));
        Assert.True(deduplicator.Add("a"));
        Assert.True(deduplicator.Add("b"));
        Assert.True(deduplicator.Add("c"));
        Assert.True(deduplicator.Add(longest));
        Assert.False(deduplicator.Add("c"));
        Assert.False(deduplicator.Add("b"));
        Assert.True(deduplicator.Add("a"));
    }

    [Fact]
    public void Cleared_it_knows_nothing()
    {
        var deduplicator = new Deduplicator(100);
        for (var i = 0; i < 250; i++)
            deduplicator.Add(i.ToString(CultureInfo.InvariantCulture));
        deduplicator.Clear();
        for (var i = 0; i < 100; i++)
            Assert.True(deduplicator.Add(i.ToString(CultureInfo.InvariantCulture)));
        Assert.False(deduplicator.Add("0"));
    }

    private static string Identity(int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        // Of one number always the same: lengths and alphabets differ.
        return (number % 5) switch
        {
            0 => text + "é",
            1 => text.PadLeft(1 + (number % 300), '0'),
            2 => "€" + text,
            _ => text,
        };
    }
}
