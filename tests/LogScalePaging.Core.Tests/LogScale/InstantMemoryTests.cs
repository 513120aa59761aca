using System.Globalization;
using System.Text;
using LogScalePaging.LogScale.Events;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search;

namespace LogScalePaging.Core.Tests.LogScale;

/// <summary>Among rows that come newest first, the memory of one instant finds what the memory of all rows finds.</summary>
public sealed class InstantMemoryTests
{
    [Theory]
    // Pages are divided by a bar. N is new, K known, I a known id with other bytes, U a row without an id.
    [InlineData("a@5 b@4 c@4 d@3", "NNNN")]
    [InlineData("a@5 a@5", "NK")]
    [InlineData("a@5 b@5 a@5 b@5", "NNKK")]
    [InlineData("a@5 | a@5 | a@5", "NKK")]
    [InlineData("a@5 b@4 | b@4 c@4 | c@4 b@4 a@4", "NNKNKKN")]
    // An id at two times is two rows.
    [InlineData("a@5 a@4 | a@3", "NNN")]
    [InlineData("a@5=x a@5=y a@5=x", "NIK")]
    [InlineData("a@5=x | a@5=y | a@5=y a@5=x a@5", "NIKKI")]
    [InlineData("?@5 ?@5 | ?@5", "UUU")]
    [InlineData("?@5 a@5 | ?@5 a@5", "UNUK")]
    // More rows than are compared one by one.
    [InlineData("a@5 b@5 c@5 d@5 e@5 f@5 g@5 h@5 i@5 j@5 a@5 j@5 j@5=x k@5 | k@5 b@5 | l@5 a@4", "NNNNNNNNNNKKINKKNN")]
    [InlineData("a@5 b@5 c@5 d@5 e@5 | f@5 g@5 h@5 i@5 j@5 a@5 | f@5 j@5 k@5", "NNNNNNNNNNKKKN")]
    [InlineData("?@5 ?@5 ?@5 ?@5 ?@5 ?@5 ?@5 ?@5 ?@5 a@5 | ?@5 a@5 b@5", "UUUUUUUUUNUKN")]
    public void Rows_of_one_instant_are_compared(string pages, string expected) => Assert.Equal(expected, Letters(Sightings(pages)));

    [Theory]
    [InlineData("a@4 b@5", "newest first")]
    [InlineData("a@4 | b@5", "newest first")]
    [InlineData("a@5 b@4 | a@5", "newest first")]
    [InlineData("?@4 | ?@5", "newest first")]
    [InlineData("a@4 b", "no time")]
    public void Rows_in_another_order_end_the_walk(string pages, string expected)
    {
        var e = Assert.Throws<PagingException>(() => Sightings(pages));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.IsType<OutOfOrderException>(e.InnerException);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 12)]
    [InlineData(4, 40)]
    [InlineData(5, 400)]
    public void It_sees_what_the_memory_of_all_rows_sees(int seed, int instant)
    {
        var random = new Random(seed);
        var rows = Walk(random, 4_000, instant);
        var (all, one) = (new IdentitySet(IdentityMemory.All), new InstantMemory());
        var repeats = 0;
        for (var at = 0; at < rows.Count;)
        {
            // The bytes of a page are gone when the next one comes.
            var buffer = rows.Skip(at).Take(1 + random.Next(2 * instant)).Select(r => r.ToArray()).ToList();
            var page = buffer.ConvertAll(bytes => LogScaleEvents.Parse(bytes));
            for (var i = 0; i < page.Count; i++)
            {
                var expected = all.Add(RecordIdentity.Of(page[i]));
                Assert.Equal(expected, one.Add(page, i));
                repeats += expected == Sighting.Known ? 1 : 0;
            }
            foreach (var bytes in buffer)
                Array.Clear(bytes, 0, bytes.Length);
            at += page.Count;
        }
        Assert.InRange(repeats, 100, 3_900);
    }

    [Fact]
    public void A_large_row_is_found_on_the_next_page()
    {
        var large = "a@5=" + new string('x', 100_000);
        Assert.Equal("NIKN", Letters(Sightings($"{large} | a@5=y {large} b@5")));
    }

    // Newest first; a tenth has no id, some repeat a row of their instant, some only its id, and a few are large.
    private static List<byte[]> Walk(Random random, int count, int instant)
    {
        var (rows, time, first) = (new List<byte[]>(), 1_000_000L, 0);
        for (var i = 0; i < count; i++)
        {
            if (random.Next(instant) == 0)
                (time, first) = (time - 1 - random.Next(3), rows.Count);
            var id = string.Format(CultureInfo.InvariantCulture, "id_{0}", i - random.Next(Math.Min(3, i - first + 1)));
            var (x, choice) = (random.Next(2), random.Next(10));
            if (choice < 3 && rows.Count > first)
                rows.Add(rows[first + random.Next(rows.Count - first)]);
            else
                rows.Add(Row(choice == 9 ? null : id, time, new string((char)('x' + x), choice == 8 && x == 0 ? 20_000 : 3)));
        }
        // The only row of an instant cannot repeat another row, so some rows are repeated at once.
        return [.. rows.SelectMany((row, i) => i % 20 == 0 ? new[] { row, row } : [row])];
    }

    private static byte[] Row(string? id, long time, string text) => Encoding.UTF8.GetBytes(string.Format(
        CultureInfo.InvariantCulture, "{{{0}\"@timestamp\":{1},\"x\":\"{2}\"}}", id is null ? "" : $"\"@id\":\"{id}\",", time, text));

    private static List<Sighting> Sightings(string pages)
    {
        var (memory, found) = (new InstantMemory(), new List<Sighting>());
        foreach (var page in pages.Split('|').Select(Rows.Of))
        {
            for (var i = 0; i < page.Count; i++)
                found.Add(memory.Add(page, i));
        }
        return found;
    }

    private static string Letters(IEnumerable<Sighting> sightings) => string.Concat(sightings.Select(s => s switch
    {
        Sighting.New => 'N',
        Sighting.Known => 'K',
        Sighting.KnownId => 'I',
        _ => 'U',
    }));
}
