using LogScalePaging.LogScale;
using LogScalePaging.Paging;

namespace LogScalePaging.Export;

/// <summary>Reads back the events that an earlier run left, so that a resumed walk knows as many as an undisturbed one.</summary>
internal static class KnownEvents
{
    /// <summary>Adds all events in the parts of a lane.</summary>
    public static void Read(string folder, LaneState lane, IdentitySet known)
    {
        foreach (var part in lane.Parts)
        {
            using var lines = new LineReader(DurableFile.Read(Path.Combine(folder, part.File)));
            for (var rest = lines.Next(); !rest.IsEmpty; rest = lines.Next())
            {
                // The record keeps its bytes only until the next piece is read, and that is enough to hash them.
                var events = lines.Last;
                while (!rest.IsEmpty)
                {
                    var line = Lines.Next(ref rest);
                    var start = events.Length - rest.Length - line.Length - 1;
                    known.Add(EventIdentity.Of(EventRecord.Parse(events.Slice(start, line.Length))));
                }
            }
        }
    }
}
