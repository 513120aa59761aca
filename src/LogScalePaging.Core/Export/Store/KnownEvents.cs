using LogScalePaging.Export.Files;
using LogScalePaging.Export.Parts;
using LogScalePaging.Export.State;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Export.Store;

/// <summary>Reads the events in parts back, so that a resumed walk knows the same events as an undisturbed one.</summary>
internal static class KnownEvents
{
    /// <summary>Hands on all records in the parts of a lane. A record keeps its bytes only during the call.</summary>
    public static void Read(string folder, LaneState lane, RecordSchema schema, Action<Record> take)
    {
        var parser = new RecordParser(schema);
        foreach (var part in lane.Parts)
            ForEach(folder, part, parser, long.MaxValue, take);
    }

    /// <summary>
    /// The notes for the events within a limit. They are known for complete parts, so the part that the limit cuts is read.
    /// </summary>
    /// <param name="state">The export, its lanes done.</param>
    /// <param name="folder">Where its parts are.</param>
    /// <param name="countOutside">Counts records outside the range.</param>
    public static RowNotes NotesWithin(ExportState state, string folder, Func<IReadOnlyList<Record>, long> countOutside)
    {
        var notes = default(RowNotes);
        var parser = new RecordParser(state.Schema);
        foreach (var (part, rows) in PartSequence.WithinLimit(state))
            notes += rows == part.Rows ? part.Notes : NotesOf(part, folder, parser, rows, countOutside);
        return notes;
    }

    private static RowNotes NotesOf(PartRecord part, string folder, RecordParser parser, long rows,
        Func<IReadOnlyList<Record>, long> countOutside)
    {
        var (notes, known) = (default(RowNotes), new IdentitySet(IdentityMemory.All));
        ForEach(folder, part, parser, rows, e =>
        {
            var sighting = known.Add(RecordIdentity.Of(in e));
            notes += new RowNotes(
                RepeatedIds: sighting == Sighting.KnownId ? 1 : 0,
                WithoutId: sighting == Sighting.Unknown ? 1 : 0,
                OutsideRange: countOutside([e]));
        });
        return notes;
    }

    // The record keeps its bytes only until the next block is read. That is enough to hash them.
    private static void ForEach(string folder, PartRecord part, RecordParser parser, long most, Action<Record> take)
    {
        using var lines = new LineReader(DurableFile.Read(Path.Combine(folder, part.File)));
        for (var rest = lines.Next(); !rest.IsEmpty && most > 0; rest = lines.Next())
        {
            var events = lines.Last;
            for (; !rest.IsEmpty && most > 0; most--)
            {
                var line = Lines.Next(ref rest);
                var start = events.Length - rest.Length - line.Length - 1;
                take(parser.Parse(events.Slice(start, line.Length)));
            }
        }
    }
}
