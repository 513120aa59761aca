using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Falcon.Rest.Slices;

/// <summary>
/// The ids of all slices. A record whose time changes can move from a slice that was read into one that is read later. It belongs to the
/// slice that listed it first. Safe for many threads.
/// </summary>
/// <param name="identityOf">The identity of a record.</param>
internal sealed class SliceIdentities(Func<Record, ItemIdentity> identityOf)
{
    private readonly object _gate = new();
    private readonly IdentitySet _all = new(IdentityMemory.All);
    private readonly Dictionary<(long Start, long End), IdentitySet> _open = [];

    /// <summary>Remembers a record of a slice that an earlier run read.</summary>
    public void Remember(Record record)
    {
        lock (_gate)
            _all.Add(identityOf(record));
    }

    /// <summary>The records that no other slice has. A slice that is read again keeps its records.</summary>
    public IReadOnlyList<Record> Own((long Start, long End) slice, IReadOnlyList<Record> records)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(slice, out var own))
                _open[slice] = own = new IdentitySet(IdentityMemory.All);
            List<Record>? kept = null;
            for (var i = 0; i < records.Count; i++)
            {
                var identity = identityOf(records[i]);
                if (_all.Add(identity) == Sighting.Known && !own.Knows(identity))
                {
                    kept ??= [.. records.Take(i)];
                    continue;
                }
                own.Add(identity);
                kept?.Add(records[i]);
            }
            return kept ?? records;
        }
    }

    /// <summary>The slice is complete and will not be read again.</summary>
    public void Close((long Start, long End) slice)
    {
        lock (_gate)
            _open.Remove(slice);
    }
}
