using LogScalePaging.Common;
using LogScalePaging.Export.State;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Export;

/// <summary>Makes sure that the lanes of a checkpoint are those that its strategy makes, and that it can go on from them.</summary>
internal static class LaneCheck
{
    private const int LargestPage = 200_000;

    /// <exception cref="FormatException">They are not; the message says what is wrong.</exception>
    public static void EnsureKnown(ExportState state)
    {
        switch (state.Strategy)
        {
            case AroundStrategy.StrategyName:
                EnsurePages(state);
                return;
            case StrategyChoice.Window or StrategyChoice.Stream or StrategyChoice.OneJob:
                EnsureWindows(state);
                return;
            default:
                throw new FormatException($"The strategy '{Printable.Line(state.Strategy)}' is not known.");
        }
    }

    private static void EnsurePages(ExportState state)
    {
        if (state.Lanes.FirstOrDefault(l => l.Name != ExportFetch.Lane) is { } unknown)
            throw new FormatException($"The lane '{unknown.Name}' is not known.");
        if (state.Lanes is not [{ Done: false, Parts: { Count: > 0 } parts }])
            return;
        var last = parts[parts.Count - 1];
        if (last.Next is null)
            throw new FormatException($"The position after '{last.File}' is missing.");
        if (last.Next.Strategy != AroundStrategy.StrategyName)
            return;
        var request = new AroundStrategy(new QueryJobSpec(state.Identity.Query), 1).CreateRequest(last.Next.Position);
        if (request.Around is { } around && (string.IsNullOrEmpty(around.EventId) || around.Before is < 1 or > LargestPage))
            throw new FormatException($"The position after '{last.File}' cannot be read.");
    }

    private static void EnsureWindows(ExportState state)
    {
        long? start = state.Identity.RangeEnd;
        foreach (var lane in state.Lanes.OrderByDescending(l => l.RangeEnd).ThenByDescending(l => l.RangeStart))
        {
            if (lane is not { RangeStart: { } laneStart, RangeEnd: { } laneEnd })
                throw new FormatException("A window has no range.");
            if (lane.Name != new TimeWindow(laneStart, laneEnd).Name)
                throw new FormatException($"The lane '{lane.Name}' is not known.");
            if (laneEnd > start || laneStart < state.Identity.RangeStart)
                throw new FormatException($"The window '{lane.Name}' overlaps another one or lies outside the range.");
            start = laneStart;
        }
    }
}
