using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.State;

namespace LogScalePaging.Export.Parts;

/// <summary>Checks which parts a resumption can use.</summary>
internal static class PartCheck
{
    /// <summary>
    /// Refuses parts that no run writes: one that is not a regular file, or whose number of rows differs from its record although its
    /// bytes are the same.
    /// </summary>
    /// <exception cref="ExportException">The part is one of these.</exception>
    private static void EnsureUntouched(PartialFolder folder, PartRecord part, long? rows)
    {
        var path = folder.In(part.File);
        if (FileKinds.Of(path) is var kind && kind is not (FileKind.None or FileKind.File))
            throw CheckpointFile.Damaged(folder.CheckpointPath,
                new FormatException($"Its part '{part.File}' is {FileKinds.Name(kind)}, not a regular file."));
        if (rows is not null && rows != part.Rows)
            throw CheckpointFile.Damaged(folder.CheckpointPath,
                new FormatException(FormattableString.Invariant($"Its part '{part.File}' has {rows:N0} records, not {part.Rows:N0}.")));
    }

    /// <summary>
    /// Drops every part that is damaged or missing, and the later parts of its lane, because a walk cannot continue after a gap.
    /// </summary>
    public static ExportState DropBroken(ExportState state, PartialFolder folder, out IReadOnlyList<PartRecord> dropped)
    {
        var whole = state.Lanes
            .SelectMany(l => l.Parts)
            .AsParallel()
            .Select(p => (Part: p, Rows: p.XxHash128 is { } fast
                ? FileHash.LinesOf(folder.In(p.File), p.Bytes, HashKind.XxHash128, fast)
                : FileHash.LinesOf(folder.In(p.File), p.Bytes, HashKind.Sha256, p.Sha256!)))
            .ToArray();
        foreach (var (part, rows) in whole)
            EnsureUntouched(folder, part, rows);
        var broken = new HashSet<PartRecord>(whole.Where(p => p.Rows is null).Select(p => p.Part));
        var gone = new List<PartRecord>();
        var lanes = state.Lanes.Select(lane =>
        {
            var kept = lane.Parts.TakeWhile(p => !broken.Contains(p)).ToArray();
            gone.AddRange(lane.Parts.Skip(kept.Length));
            return kept.Length == lane.Parts.Count ? lane : lane with { Parts = kept, Done = false, Counted = null };
        }).ToArray();
        dropped = gone;
        return gone.Count == 0 ? state : state with
        {
            Lanes = lanes,
            Duplicates = Math.Max(0, state.Duplicates - gone.Sum(p => p.Duplicates)),
        };
    }
}
