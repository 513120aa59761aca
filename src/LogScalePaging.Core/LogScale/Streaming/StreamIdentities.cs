using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search;

namespace LogScalePaging.LogScale.Streaming;

/// <summary>Finds repeated events in a stream. If events are sorted newest first, it is enough to remember one instant.</summary>
/// <param name="asSent">True if the query writes the times, so that events have any order. All are then remembered.</param>
internal sealed class StreamIdentities(bool asSent)
{
    /// <summary>Maximum number of events that are compared with each other: 64 MB, and 96 MB while the table grows.</summary>
    private const int MostTogether = 3_000_000;

    private readonly IdentitySet _all = new(IdentityMemory.All);
    private readonly InstantMemory _instant = new();
    private long? _time;
    private int _together;

    /// <summary>Events that share their id and time with another event but differ from it in other bytes.</summary>
    public long RepeatedIds { get; private set; }

    /// <summary>Events without an id.</summary>
    public long WithoutId { get; private set; }

    /// <summary>Adds the next events. Their bytes are not needed afterwards.</summary>
    /// <exception cref="PagingException">An event has no time, is newer than the one before it, or is repeated.</exception>
    [MethodImpl(HotPath.Method)]
    public void Add(List<Record> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            EnsureBounded(events[i].Timestamp);
            switch (asSent ? _all.Add(RecordIdentity.Of(events[i])) : _instant.Add(events, i))
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnsureBounded(long? time)
    {
        if (!asSent && time != _time)
            (_time, _together) = (time, 0);
        if (++_together > MostTogether)
            throw TooMany();
    }

    private static PagingException TooMany() => new(PagingErrorKind.TooManyItems, FormattableString.Invariant(
        $"the stream has more than {MostTogether:N0} events that have to be compared with each other"));
}
