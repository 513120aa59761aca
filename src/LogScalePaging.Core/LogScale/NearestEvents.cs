using LogScalePaging.LogScale.Queries;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale;

/// <summary>
/// Keeps the wanted number of events on both sides of an event, from events that come newest first. The event itself is kept too. If the
/// query does not match it, the events of its instant count as older.
/// </summary>
internal sealed class NearestEvents(AroundAnchor anchor)
{
    private readonly Queue<Record> _newer = new();
    private readonly List<Record> _instant = [];
    private bool _isPast;
    private long _older;

    /// <summary>Takes events, and returns those that are known to be kept now.</summary>
    public IReadOnlyList<Record> Take(IReadOnlyList<Record> events)
    {
        var kept = new List<Record>();
        foreach (var e in events)
            Take(e, kept);
        return kept;
    }

    /// <summary>The kept events that were not returned yet.</summary>
    public IReadOnlyList<Record> Rest()
    {
        var kept = new List<Record>();
        Pass(kept);
        return kept;
    }

    private void Take(Record e, List<Record> kept)
    {
        if (!_isPast && e.Id == anchor.EventId)
        {
            foreach (var newer in _instant)
                Newer(newer);
            _instant.Clear();
            Pass(kept);
            kept.Add(e);
            return;
        }
        if (!_isPast && e.Timestamp > anchor.Timestamp)
        {
            Newer(e);
            return;
        }
        if (!_isPast && e.Timestamp == anchor.Timestamp)
        {
            _instant.Add(e);
            return;
        }
        Pass(kept);
        // An event that was missed at first comes last.
        if (e.Timestamp > anchor.Timestamp)
            kept.Add(e);
        else
            Older(e, kept);
    }

    private void Pass(List<Record> kept)
    {
        if (_isPast)
            return;
        _isPast = true;
        kept.AddRange(_newer);
        foreach (var older in _instant)
            Older(older, kept);
    }

    private void Newer(Record e)
    {
        _newer.Enqueue(e);
        if (_newer.Count > anchor.After)
            _newer.Dequeue();
    }

    private void Older(Record e, List<Record> kept)
    {
        if (_older < anchor.Before)
        {
            kept.Add(e);
            _older++;
        }
    }
}
