using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale;

/// <summary>The order of the events of one poll of a live search.</summary>
internal static class LivePages
{
    /// <summary>Events of a poll that are sorted. If there are more, as after an outage, they are passed on as they come.</summary>
    private const int MostSorted = 200_000;

    /// <summary>The pages oldest first, from pages that come newest first.</summary>
    public static async IAsyncEnumerable<Page<Record>> SortedAsync(IAsyncEnumerable<Page<Record>> pages)
    {
        var (held, rows) = (new List<Page<Record>>(), 0);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            if (rows > MostSorted)
            {
                yield return page;
                continue;
            }
            held.Add(page);
            rows += page.Items.Count;
            if (rows <= MostSorted)
                continue;
            foreach (var early in held)
                yield return early;
            held.Clear();
        }
        for (var i = held.Count - 1; i >= 0; i--)
            yield return held[i] with { Items = [.. held[i].Items.Reverse()] };
    }
}
