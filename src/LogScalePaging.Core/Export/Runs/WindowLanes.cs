using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Export.Parts;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Export.Runs;

/// <summary>Saves the windows of an export as lanes on disk: each has one complete part, or none.</summary>
internal sealed class WindowLanes(ExportStore store, ISearch search, Action<long> took) : IWindowSink
{
    /// <summary>The state of an export whose windows have just been planned.</summary>
    public static ExportState Planned(ExportState state, FetchPlan plan)
    {
        var notes = state.Notes.ToDictionary(n => n.Key, n => n.Value);
        foreach (var note in plan.Notes)
            notes[note.Key] = note.Value;
        return state with { Strategy = plan.Strategy, Lanes = [.. plan.Windows!.Select(Lane)], Notes = notes };
    }

    /// <summary>The windows that are not complete yet, newest first.</summary>
    public static IReadOnlyList<TimeWindow> Left(ExportState state) =>
        [.. state.Lanes.Where(l => !l.Done).OrderByDescending(l => l.RangeEnd).Select(
            l => new TimeWindow(l.RangeStart!.Value, l.RangeEnd!.Value, l.Planned, l.RangeEnd == state.Identity.RangeEnd))];

    public IWindowWriter Open(TimeWindow window)
    {
        var isWhole = search.Plan is not { IsParallel: true };
        return new Writer(store, search, store.OpenPart(window.Name, alone: isWhole, isWhole), took);
    }

    public void Split(TimeWindow window, IReadOnlyList<TimeWindow> parts) =>
        store.Update(state => state with { Lanes = [.. state.Lanes.SelectMany(l => l.Name == window.Name ? parts.Select(Lane) : [l])] });

    private static LaneState Lane(TimeWindow window) => new()
    {
        Name = window.Name,
        RangeStart = window.Start,
        RangeEnd = window.End,
        Planned = window.Planned,
    };

    private sealed class Writer(ExportStore store, ISearch search, PartWriter part, Action<long> took) : IWindowWriter
    {
        public bool KeepsPages => false;

        [MethodImpl(HotPath.Method)]
        public void Append(Page<Record> page)
        {
            var before = part.Bytes;
            part.Append(page.Items);
            took(part.Bytes - before);
        }

        public void Commit(RowNotes notes, long? counted, long dropped)
        {
            store.Counted(search, save: false);
            store.CommitPart(part, null, laneDone: true, duplicates: dropped, notes: notes, counted: counted);
        }

        public void Discard()
        {
            took(-part.Bytes);
            store.DiscardPart(part);
        }
    }
}
