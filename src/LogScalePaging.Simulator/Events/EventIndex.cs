using System.Collections.Concurrent;

namespace LogScalePaging.Simulator.Events;

/// <summary>
/// All events at one moment, newest first: by timestamp, and within one millisecond by arrival. It never changes. Jobs keep the index of
/// the moment of their creation. A position is an event's index here.
/// </summary>
internal sealed class EventIndex
{
    private readonly byte[][] _chunks;
    private readonly EventEntry[] _entries;
    private readonly ConcurrentDictionary<long, Dictionary<string, int>> _idsOfCrowd = new();

    private EventIndex(byte[][] chunks, EventEntry[] entries) => (_chunks, _entries) = (chunks, entries);

    public static EventIndex Empty { get; } = new([], []);

    public int Count => _entries.Length;

    public ref readonly EventEntry this[int position] => ref _entries[position];

    /// <summary>The event's JSON, without the line feed.</summary>
    public ReadOnlySpan<byte> Json(int position)
    {
        ref readonly var e = ref _entries[position];
        return new ReadOnlySpan<byte>(_chunks[e.Address >> EventBuffer.ChunkBits], (int)e.Address & EventBuffer.ChunkMask, e.Length - 1);
    }

    /// <summary>The address of an event in memory. Its bytes end with a line feed.</summary>
    public ArraySegment<byte> Memory(int position)
    {
        ref readonly var e = ref _entries[position];
        return new ArraySegment<byte>(_chunks[e.Address >> EventBuffer.ChunkBits], (int)e.Address & EventBuffer.ChunkMask, e.Length);
    }

    /// <summary>A new index with more events. They are newer than all others of the same millisecond.</summary>
    /// <param name="chunks">The buffer's chunks, including the new events.</param>
    /// <param name="added">In order of arrival.</param>
    public EventIndex With(byte[][] chunks, EventEntry[] added)
    {
        // A stable sort by descending time of the reversed list puts the last arrival first.
        EventEntry[] fresh = [.. Enumerable.Reverse(added).OrderByDescending(e => e.Timestamp)];
        var merged = new EventEntry[_entries.Length + fresh.Length];
        int old = 0, next = 0;
        for (var i = 0; i < merged.Length; i++)
        {
            var takeNew = next < fresh.Length && (old == _entries.Length || fresh[next].Timestamp >= _entries[old].Timestamp);
            merged[i] = takeNew ? fresh[next++] : _entries[old++];
        }
        return new EventIndex(chunks, merged);
    }

    /// <summary>A new index without the oldest events.</summary>
    public EventIndex WithoutOldest(int count) => new(_chunks, [.. _entries.Take(_entries.Length - count)]);

    /// <summary>An index of events that are sorted already, newest first.</summary>
    public static EventIndex OfSorted(byte[][] chunks, EventEntry[] newestFirst) => new(chunks, newestFirst);

    /// <summary>The first position with an event older than the given time, or at that time with <paramref name="orAt"/>.</summary>
    public int FirstBefore(long timestamp, bool orAt)
    {
        int low = 0, high = _entries.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var t = _entries[middle].Timestamp;
            if (t < timestamp || (orAt && t == timestamp))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    /// <summary>The position of the event with an id, among the events of one timestamp; -1 if there is none.</summary>
    public int Find(string id, long timestamp)
    {
        var ids = _idsOfCrowd.GetOrAdd(timestamp, IdsAt);
        return ids.TryGetValue(id, out var position) ? position : -1;
    }

    private Dictionary<string, int> IdsAt(long timestamp)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = FirstBefore(timestamp, orAt: true); i < Count && _entries[i].Timestamp == timestamp; i++)
        {
            if (KnownFields.Id.TryRead(Json(i), out var value))
                ids[value.Text] = i;
        }
        return ids;
    }
}
