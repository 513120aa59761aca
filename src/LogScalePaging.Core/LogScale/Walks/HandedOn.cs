using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.LogScale.Walks;

/// <summary>
/// The events that a search has passed on, by which it recognises them in later answers: those of the first job, whose pages are passed
/// on before anything else is requested.
/// </summary>
internal sealed class HandedOn
{
    /// <summary>The identities of the events.</summary>
    public IdentitySet Known { get; private set; } = new(IdentityMemory.All);

    /// <summary>True after a page of the first job.</summary>
    public bool HasPages { get; private set; }

    /// <summary>Time of the oldest event; null if events that are missing can have any time.</summary>
    public long? Oldest { get; private set; }

    /// <summary>Number of events at that time.</summary>
    public long AtOldest { get; private set; }

    /// <summary>Adds a page of the first job.</summary>
    public void Add(IReadOnlyList<Record> rows)
    {
        HasPages = true;
        foreach (var row in rows)
        {
            Known.Add(RecordIdentity.Of(in row));
            if (row.Timestamp < (Oldest ?? long.MaxValue))
                (Oldest, AtOldest) = (row.Timestamp, 0);
            AtOldest += row.Timestamp == Oldest ? 1 : 0;
        }
    }

    /// <summary>Records that the first job lacks events that it should have had. The missing ones can be anywhere.</summary>
    public void HasGaps() => Oldest = null;

    /// <summary>Forgets the identities, for a second walk over the range.</summary>
    public void Forget() => Known = new IdentitySet(IdentityMemory.All);

    /// <summary>The pages without the events that were passed on.</summary>
    public async IAsyncEnumerable<Page<Record>> WithoutAsync(IAsyncEnumerable<Page<Record>> pages)
    {
        await foreach (var page in pages.ConfigureAwait(false))
        {
            // Only the instant at which the first job ended is read twice, unless the whole range is.
            if (page.Items.Count == 0 || page.Items[0].Timestamp < Oldest)
            {
                yield return page;
                continue;
            }
            List<Record> fresh = [.. page.Items.Where(
                e => RecordIdentity.Of(in e) is var identity && (identity.IsNone || Known.Add(identity) != Sighting.Known))];
            yield return page with { Items = fresh, Info = page.Info with { WithoutId = fresh.Count(e => !e.HasId) } };
        }
    }
}
