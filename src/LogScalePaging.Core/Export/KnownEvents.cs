using System.Text;
using LogScalePaging.Paging;

namespace LogScalePaging.Export;

/// <summary>
/// Reads back the identities of the events that an earlier run left last, so that a resumed walk knows as many as an undisturbed one.
/// </summary>
internal static class KnownEvents
{
    private const int Most = Deduplicator.DefaultCapacity;

    /// <summary>The identities of the last events of a lane, oldest part first.</summary>
    public static IReadOnlyList<string> Read(string folder, LaneState lane)
    {
        var parts = new Stack<PartRecord>();
        long rows = 0;
        for (var i = lane.Parts.Count - 1; i >= 0 && rows < Most; i--)
        {
            parts.Push(lane.Parts[i]);
            rows += lane.Parts[i].Rows;
        }
        var known = new List<string>();
        foreach (var part in parts)
        {
            foreach (var line in File.ReadLines(Path.Combine(folder, part.File), Encoding.UTF8))
            {
                if (line.Length > 0 && EventRecord.Parse(Encoding.UTF8.GetBytes(line)).Identity is { } id)
                    known.Add(id);
            }
        }
        return known;
    }
}
