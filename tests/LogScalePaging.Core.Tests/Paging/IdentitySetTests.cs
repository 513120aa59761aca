using System.Globalization;
using System.Text;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Core.Tests.Paging;

public sealed class IdentitySetTests
{
    [Fact]
    public void It_remembers_all_items_of_a_long_walk()
    {
        var set = new IdentitySet(IdentityMemory.All);
        for (var i = 0; i < 200_000; i++)
            Assert.Equal(Sighting.New, set.Add(Item(i)));
        for (var i = 0; i < 200_000; i++)
            Assert.Equal(Sighting.Known, set.Add(Item(i)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(5_000)]
    public void It_remembers_at_least_the_last_n(int last)
    {
        var set = new IdentitySet(new IdentityMemory(last));
        var random = new Random(last);
        var order = new List<int>();
        for (var i = 0; i < 20_000; i++)
        {
            var number = random.Next(last * 3);
            var recent = order.Skip(Math.Max(0, order.Count - last)).Contains(number);
            var sighting = set.Add(Item(number));
            if (recent)
                Assert.Equal(Sighting.Known, sighting);
            if (sighting == Sighting.New)
                order.Add(number);
            if (order.Count > 4 * last)
                order.RemoveRange(0, order.Count - (2 * last));
        }
    }

    [Fact]
    public void It_forgets_what_is_older_than_two_generations()
    {
        var set = new IdentitySet(new IdentityMemory(10));
        for (var i = 0; i < 100; i++)
            set.Add(Item(i));
        Assert.Equal(Sighting.New, set.Add(Item(0)));
    }

    [Fact]
    public void An_item_without_id_is_never_known()
    {
        var set = new IdentitySet(IdentityMemory.All);
        Assert.Equal(Sighting.Unknown, set.Add(ItemIdentity.None));
        Assert.Equal(Sighting.Unknown, set.Add(ItemIdentity.Of(default, "bytes"u8, 5)));
    }

    [Fact]
    public void Rows_of_one_id_are_told_apart_by_their_bytes()
    {
        var set = new IdentitySet(IdentityMemory.All);
        Assert.Equal(Sighting.New, set.Add(ItemIdentity.Of("id"u8, "a"u8, 1)));
        Assert.Equal(Sighting.KnownId, set.Add(ItemIdentity.Of("id"u8, "b"u8, 1)));
        Assert.Equal(Sighting.KnownId, set.Add(ItemIdentity.Of("id"u8, "c"u8, 1)));
        Assert.Equal(Sighting.Known, set.Add(ItemIdentity.Of("id"u8, "b"u8, 1)));
        Assert.Equal(Sighting.Known, set.Add(ItemIdentity.Of("id"u8, "a"u8, 1)));
        Assert.Equal(Sighting.New, set.Add(ItemIdentity.Of("id"u8, "a"u8, 2)));
    }

    [Fact]
    public void Thousands_of_rows_of_one_id_are_found_without_searching_through_them()
    {
        var set = new IdentitySet(IdentityMemory.All);
        for (var i = 0; i < 300_000; i++)
            Assert.Equal(i == 0 ? Sighting.New : Sighting.KnownId, set.Add(Row(i)));
        Assert.Equal(Sighting.Known, set.Add(Row(299_999)));
    }

    [Fact]
    public void Cleared_it_knows_nothing()
    {
        var set = new IdentitySet(IdentityMemory.All);
        for (var i = 0; i < 1_000; i++)
            set.Add(Item(i));
        set.Clear();
        for (var i = 0; i < 1_000; i++)
            Assert.Equal(Sighting.New, set.Add(Item(i)));
    }

    [Fact]
    public void Ten_million_identities_take_less_than_800_MB()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var set = new IdentitySet(IdentityMemory.All);
        var id = new byte[8];
        for (var i = 0; i < 10_000_000; i++)
        {
            BitConverter.TryWriteBytes(id, (long)i);
            set.Add(ItemIdentity.Of(id, id, 1));
        }
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(Sighting.Known, set.Add(ItemIdentity.Of(id, id, 1)));
        // The table that it was copied from, half as large, was there at the same time.
        Assert.InRange(taken + (taken / 2), 0, 800_000_000);
    }

    private static ItemIdentity Item(int number) => ItemIdentity.Of(Text(number), Text(number), 1);

    private static ItemIdentity Row(int number) => ItemIdentity.Of("one"u8, Text(number), 1);

    private static byte[] Text(int number) => Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));
}
