using System.Runtime.CompilerServices;
using LogScalePaging.Paging;

namespace LogScalePaging.LogScale;

/// <summary>
/// Finds events that a stream brings twice. Where events come newest first, the memory of one instant is enough.
/// </summary>
/// <param name="asSent">True when the query writes the times, so that events come in any order: then all are remembered.</param>
internal sealed class StreamIdentities(bool asSent)
{
    private readonly IdentitySet _all = new(IdentityMemory.All);
    private readonly InstantMemory _instant = new();

    /// <summary>Events that share their id and time with another and differ from it in other bytes.</summary>
    public long RepeatedIds { get; private set; }

    /// <summary>Events without an id.</summary>
    public long WithoutId { get; private set; }

    /// <summary>Takes the next events. Their bytes are not needed afterwards.</summary>
    /// <exception cref="PagingException">An event has no time, is newer than the one before it, or came before.</exception>
    [MethodImpl(HotPath.Method)]
    public void Add(IReadOnlyList<EventRecord> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            switch (asSent ? _all.Add(EventIdentity.Of(events[i])) : _instant.Add(events, i))
            {
                case Sighting.Known:
                    throw new PagingException(PagingErrorKind.ItemsRepeated, "the stream repeats an event");
                case Sighting.KnownId:
                    RepeatedIds++;
                    break;
                case Sighting.Unknown:
                    WithoutId++;
                    break;
            }
        }
    }
}
