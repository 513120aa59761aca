using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Parts;

/// <summary>The open files of parts. In the end they get their own names or are deleted. Safe for many threads.</summary>
internal sealed class OpenParts(PartialFolder folder, FileGuard guard, RecordOrder order, Action<string> step)
{
    private readonly object _gate = new();
    private readonly HashSet<PartWriter> _open = [];
    private readonly PartNames _names = new();

    /// <summary>Begins a part of a lane.</summary>
    /// <exception cref="ExportException">The file cannot be created.</exception>
    public PartWriter Open(LaneState lane, bool alone, HashKind kind)
    {
        string name;
        lock (_gate)
            name = _names.Next(lane);
        var text = new Utf8Check();
        var file = new HashingFile(folder.In(name) + DurableFile.TemporaryEnding, guard, behind: alone, text, kind);
        var part = new PartWriter(lane.Name, name, file, kind, text, order);
        lock (_gate)
            _open.Add(part);
        step("part opened");
        return part;
    }

    /// <summary>Flushes a part to the disk and renames it. If that fails, the part is deleted.</summary>
    /// <exception cref="ExportException">The disk is full or fails.</exception>
    public PartRecord Keep(PartWriter part, Checkpoint? next, long duplicates, RowNotes notes)
    {
        try
        {
            var record = part.Finish(next, duplicates) with
            {
                Late = notes.Late,
                PossiblyLate = notes.PossiblyLate,
                RepeatedIds = notes.RepeatedIds,
                WithoutId = notes.WithoutId,
                OutsideRange = notes.OutsideRange,
            };
            step("part flushed");
            DurableFile.Move(part.TemporaryPath, folder.In(part.Name), replace: false);
            lock (_gate)
                _open.Remove(part);
            return record;
        }
        catch (Exception e)
        {
            // On a full disk, this frees the space that the next checkpoint needs.
            Discard(part);
            if (FileErrors.Is(e))
                throw guard.Translate(e, folder.In(part.Name));
            throw;
        }
    }

    /// <summary>Deletes a part.</summary>
    public void Discard(PartWriter part)
    {
        lock (_gate)
            _open.Remove(part);
        part.Close();
        DurableFile.TryDelete(part.TemporaryPath);
    }

    /// <summary>Deletes all open parts.</summary>
    public void DiscardAll()
    {
        PartWriter[] open;
        lock (_gate)
            open = [.. _open];
        foreach (var part in open)
            Discard(part);
    }
}
