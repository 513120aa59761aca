using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale.Streaming;

/// <summary>
/// Finds events that a stream brings twice. Where events come newest first, the memory of one instant is enough: an event that comes again
/// has the same time, so both stand side by side, and an event that is alone in its instant is not even hashed.
/// </summary>
/// <param name="asSent">True when the query writes the times, so that events come in any order: then all are remembered.</param>
internal sealed class StreamIdentities(bool asSent)
{
    /// <summary>Events that are compared with each other at the most: 64 MB, and 96 MB while the table grows.</summary>
    private const int MostTogether = 3_000_000;

    private readonly IdentitySet _known = new(IdentityMemory.All);
    private long _time = long.MaxValue;
    private bool _isEmpty = true;
    private int _together;

    /// <summary>Events that share their id and time with another and differ from it in other bytes.</summary>
    public long RepeatedIds { get; private set; }

    /// <summary>Events without an id.</summary>
    public long WithoutId { get; private set; }

    /// <summary>Takes the next events. Their bytes are not needed afterwards.</summary>
    /// <exception cref="PagingException">An event has no time, is newer than the one before it, or came before.</exception>
    [MethodImpl(HotPath.Method)]
    public void Add(IReadOnlyList<EventRecord> events)
    {
        if (asSent)
        {
            for (var i = 0; i < events.Count; i++)
                Remember(events[i]);
            return;
        }
        // Index of the only event so far of the current instant, where it is one of these.
        var alone = -1;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Timestamp is not { } time)
                throw new PagingException(PagingErrorKind.RequestFailed, "the stream's events have no @timestamp");
            if (time > _time)
                throw new PagingException(PagingErrorKind.RequestFailed, "the stream is not ordered newest first");
            if (time < _time)
            {
                if (!_isEmpty)
                    _known.Clear();
                (_time, _isEmpty, _together, alone) = (time, true, 0, i);
                if (events[i].HasId)
                    continue;
                // One without an id is told from no other.
                (alone, WithoutId) = (-1, WithoutId + 1);
                continue;
            }
            if (alone >= 0)
                Remember(events[alone]);
            alone = -1;
            Remember(events[i]);
        }
        if (alone >= 0)
            Remember(events[alone]);
    }

    private void Remember(in EventRecord e)
    {
        _isEmpty = false;
        if (++_together > MostTogether)
        {
            throw new PagingException(PagingErrorKind.TooManyItems, FormattableString.Invariant(
                $"the stream has more than {MostTogether:N0} events that have to be compared with each other"));
        }
        switch (_known.Add(EventIdentity.Of(in e)))
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
