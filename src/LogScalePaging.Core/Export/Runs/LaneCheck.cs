using System.Text.Json;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.State;
using LogScalePaging.Search;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Export.Runs;

/// <summary>Checks that the lanes of a checkpoint are valid, and that a search can continue from them.</summary>
internal static class LaneCheck
{
    /// <param name="state">The state.</param>
    /// <param name="path">The checkpoint that it was read from.</param>
    /// <param name="ensurePlan">The checks that only the system can make: <see cref="ISearch.EnsureCanContinue"/>.</param>
    /// <exception cref="ExportException">They are not valid, or the search cannot continue.</exception>
    public static void EnsureUsable(ExportState state, string path, Action<SavedPlan> ensurePlan)
    {
        try
        {
            if (IsOfPages(state))
                EnsurePages(state);
            else
                EnsureWindows(state);
            VerdictNotes.Doubts(state);
            RunNotes.Of(state);
            ensurePlan(Plan(state));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw CheckpointFile.Damaged(path, e);
        }
    }

    /// <summary>The progress of the run's plan.</summary>
    public static SavedPlan Plan(ExportState state) => IsOfPages(state)
        ? new SavedPlan(state.Strategy,
            state.Notes)
        { From = state.Lanes is [{ Done: false, Parts: { Count: > 0 } parts }] ? parts[parts.Count - 1].Next : null }
        : new SavedPlan(state.Strategy, state.Notes) { Left = WindowLanes.Left(state) };

    // Before the first answer there are no lanes.
    private static bool IsOfPages(ExportState state) => state.Lanes.All(l => l.Name == ExportFetch.Lane);

    private static void EnsurePages(ExportState state)
    {
        if (state.Lanes is not [{ Done: false, Parts: { Count: > 0 } parts }])
            return;
        var last = parts[parts.Count - 1];
        if (last.Next is null)
            throw new FormatException($"The position after '{last.File}' is missing.");
    }

    private static void EnsureWindows(ExportState state)
    {
        var start = state.Identity.RangeEnd;
        foreach (var lane in state.Lanes.OrderByDescending(l => l.RangeEnd).ThenByDescending(l => l.RangeStart))
        {
            if (lane is not { RangeStart: { } laneStart, RangeEnd: { } laneEnd })
                throw new FormatException("A window has no range.");
            if (lane.Name != new TimeWindow(laneStart, laneEnd).Name)
                throw new FormatException($"The lane '{lane.Name}' is not known.");
            if (laneEnd > start || laneStart < state.Identity.RangeStart)
                throw new FormatException($"The window '{lane.Name}' overlaps another one or is outside the range.");
            start = laneStart;
        }
    }
}
