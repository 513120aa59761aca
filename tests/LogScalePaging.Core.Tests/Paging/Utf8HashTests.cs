using System.Buffers.Binary;
using LogScalePaging.Json;

namespace LogScalePaging.Core.Tests.Paging;

public sealed class Utf8HashTests
{
    private const int Names = 40_000;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const ulong StartOf16Bytes = unchecked(16 * Multiplier);

    [Fact]
    public void The_hash_is_SipHash_1_3()
    {
        // Key 00 01 ... 0F, text 00 01 ... n-1, computed by an independent implementation that agrees with the published vector of
        // SipHash-2-4.
        var key = (BinaryPrimitives.ReadUInt64LittleEndian(Bytes(0, 8)), BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8, 8)));
        Assert.Equal(0xabac0158050fc4dcUL, Utf8Hash.Of([], key));
        Assert.Equal(0xc9f49bf37d57ca93UL, Utf8Hash.Of(Bytes(0, 1), key));
        Assert.Equal(0x82cb9b024dc7d44dUL, Utf8Hash.Of(Bytes(0, 2), key));
        Assert.Equal(0x8bf80ab8e7ddf7fbUL, Utf8Hash.Of(Bytes(0, 3), key));
        Assert.Equal(0xd320d86d2a519956UL, Utf8Hash.Of(Bytes(0, 15), key));
    }

    [Fact]
    public void Names_made_to_collide_under_a_hash_without_a_key_do_not_collide()
    {
        // What the second word must be follows from the first and from the multiplication alone.
        var names = Enumerable.Range(0, Names).Select(i =>
        {
            var first = (ulong)i * 7919;
            return Name(first, Mix(StartOf16Bytes ^ first));
        }).ToList();
        AssertSpread(names);
    }

    [Fact]
    public void Names_that_collide_under_every_key_of_a_multiplication_do_not_collide()
    {
        // A changed highest bit passes through a multiplication by any odd number: each pair of words can hide or show it.
        var names = Enumerable.Range(0, Names).Select(i => Enumerable.Range(0, 16).SelectMany(bit =>
        {
            var flipped = ((i >> bit) & 1) != 0;
            return Name(flipped ? 1UL << 63 : 0, flipped ? (1UL << 63) | (1UL << 31) : 0);
        }).ToArray()).ToList();
        AssertSpread(names);
    }

    [Fact]
    public void A_table_finds_every_one_of_them()
    {
        var table = new Utf8Table<int>();
        for (var i = 0; i < Names; i++)
            table.Add(Name((ulong)i, Mix(StartOf16Bytes ^ (ulong)i)), i);
        for (var i = 0; i < Names; i++)
        {
            Assert.True(table.TryGet(Name((ulong)i, Mix(StartOf16Bytes ^ (ulong)i)), out var entry));
            Assert.Equal(i, table.Value(entry));
        }
    }

    private static void AssertSpread(List<byte[]> names)
    {
        Assert.Equal(Names, names.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(Names, names.Select(n => Utf8Hash.Of(n)).Distinct().Count());
        // 40,000 balls in 131,072 boxes fill some 34,500 of them.
        Assert.InRange(names.Select(n => Utf8Hash.Slot(Utf8Hash.Of(n), 131_072)).Distinct().Count(), 33_500, 35_500);
    }

    private static byte[] Name(ulong first, ulong second)
    {
        var name = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(name, first);
        BinaryPrimitives.WriteUInt64LittleEndian(name.AsSpan(8), second);
        return name;
    }

    private static ulong Mix(ulong value)
    {
        value *= Multiplier;
        return value ^ (value >> 32);
    }

    private static byte[] Bytes(int first, int count) => [.. Enumerable.Range(first, count).Select(i => (byte)i)];
}
