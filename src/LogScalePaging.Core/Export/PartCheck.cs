namespace LogScalePaging.Export;

/// <summary>What a resumption may build on.</summary>
internal static class PartCheck
{
    /// <summary>Drops every part that is not whole on disk, and with it what follows in its lane: a walk cannot go on from a gap.</summary>
    public static ExportState DropBroken(ExportState state, PartialFolder folder, out IReadOnlyList<PartRecord> dropped)
    {
        var broken = new HashSet<PartRecord>(state.Lanes
            .SelectMany(l => l.Parts)
            .AsParallel()
            .Where(p => !FileHash.Is(folder.In(p.File), p.Bytes, p.Sha256)));
        var gone = new List<PartRecord>();
        var lanes = state.Lanes.Select(lane =>
        {
            var whole = lane.Parts.TakeWhile(p => !broken.Contains(p)).ToArray();
            gone.AddRange(lane.Parts.Skip(whole.Length));
            return whole.Length == lane.Parts.Count ? lane : lane with { Parts = whole, Done = false, Counted = null };
        }).ToArray();
        dropped = gone;
        return gone.Count == 0 ? state : state with
        {
            Lanes = lanes,
            Duplicates = Math.Max(0, state.Duplicates - gone.Sum(p => p.Duplicates)),
        };
    }
}
