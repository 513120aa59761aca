using LogScalePaging.Export.Parts;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Store;

/// <summary>
/// Collects the pages of one walk into parts. A part is closed and saved when it is large or old enough: so often that a crash loses only
/// seconds of work, and so rarely that flushing to disk costs nothing.
/// </summary>
internal sealed class LaneWriter(ExportStore store, string lane, TimeProvider time, long partBytes, TimeSpan partAge)
{
    private PartWriter? _part;
    private Checkpoint? _next;
    private long _opened;
    private long _duplicates;
    private RowNotes _notes;

    /// <summary>Adds a page. The checkpoint advances when its part is saved.</summary>
    /// <param name="page">The page.</param>
    /// <param name="notes">Observations about its events.</param>
    /// <returns>Bytes taken.</returns>
    public long Append(Page<Record> page, RowNotes notes = default)
    {
        if (_part is null)
        {
            _part = store.OpenPart(lane, alone: true);
            _opened = time.GetTimestamp();
        }
        var before = _part.Bytes;
        foreach (var record in page.Items)
            _part.Append(record);
        var taken = _part.Bytes - before;
        _next = page.Next;
        _duplicates += page.Info.Duplicates;
        _notes += notes;
        if (_next is null)
            Commit(done: true);
        else if (_part.Rows > 0 && (_part.Bytes >= partBytes || time.GetElapsedTime(_opened) >= partAge))
            Commit(done: false);
        return taken;
    }

    /// <summary>Saves the pages since the last part.</summary>
    public void Close()
    {
        if (_part is { Rows: > 0 })
            Commit(done: false);
        else if (_part is { } empty)
            store.DiscardPart(empty);
        _part = null;
    }

    private void Commit(bool done)
    {
        var part = _part!;
        _part = null;
        store.CommitPart(part, _next, done, _duplicates, _notes);
        (_duplicates, _notes) = (0, default);
    }
}
