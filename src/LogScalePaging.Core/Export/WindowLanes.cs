using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Parts;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Export;

/// <summary>Keeps the windows of an export as lanes on disk: one part each, whole or not there at all.</summary>
internal sealed class WindowLanes(ExportStore store, LogScaleSearch search, Action<long> took) : IWindowSink
{
    private const string CapacityNote = "buffer.capacity";
    private const string TailNote = "buffer.tail";
    private const string OldestFirstNote = "buffer.oldestFirst";
    private const string FieldsNote = "buffer.fields";

    /// <summary>The state of an export whose windows have just been planned.</summary>
    public static ExportState Planned(ExportState state, LogScaleSearch search) => state with
    {
        Strategy = StrategyChoice.Window,
        Lanes = [.. search.Windows!.Select(Lane)],
        Notes = new Dictionary<string, string>(state.Notes.ToDictionary(n => n.Key, n => n.Value))
        {
            [CapacityNote] = search.Buffer!.Capacity.ToString(CultureInfo.InvariantCulture),
            [TailNote] = search.Buffer.IsTail.ToString(),
            [OldestFirstNote] = search.Buffer.OldestFirst.ToString(),
            [FieldsNote] = JsonSerializer.Serialize(search.Buffer.Fields),
        },
    };

    /// <summary>The state of an export that begins to read the whole range in one answer: it is one lane.</summary>
    public static ExportState Streamed(ExportState state, LogScaleSearch search) => state with
    {
        Strategy = search.Strategy!.Value.Name,
        Lanes = [Lane(new TimeWindow(search.Identity.RangeStart!.Value, search.Identity.RangeEnd!.Value))],
    };

    /// <summary>The windows that are not whole yet, newest first.</summary>
    public static IReadOnlyList<TimeWindow> Left(ExportState state) =>
        [.. state.Lanes.Where(l => !l.Done).OrderByDescending(l => l.RangeEnd).Select(l => new TimeWindow(l.RangeStart!.Value, l.RangeEnd!.Value, l.Planned, l.RangeEnd == state.Identity.RangeEnd))];

    /// <summary>The result buffer that the windows were planned for.</summary>
    /// <exception cref="FormatException">The checkpoint does not say.</exception>
    public static ResultBuffer BufferOf(ExportState state) => new(Number(state, CapacityNote), Flag(state, TailNote), Flag(state, OldestFirstNote))
    {
        Fields = JsonSerializer.Deserialize<IReadOnlyList<string>?>(Note(state, FieldsNote)),
    };

    /// <summary>Makes sure that what is left can be fetched by what was saved of it.</summary>
    /// <param name="state">The state.</param>
    /// <param name="path">The checkpoint that it was read from.</param>
    /// <exception cref="ExportException">It cannot.</exception>
    public static void EnsureUsable(ExportState state, string path)
    {
        try
        {
            LaneCheck.EnsureKnown(state);
            VerdictNotes.Doubts(state);
            if (state.Strategy == StrategyChoice.Window && !state.Lanes.All(l => l.Done))
                BufferOf(state);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw CheckpointFile.Damaged(path, e);
        }
    }

    public IWindowWriter Open(TimeWindow window) => new Writer(store, search, store.OpenPart(window.Name, alone: store.State.Strategy != StrategyChoice.Window), took);

    public void Split(TimeWindow window, TimeWindow newer, TimeWindow older) =>
        store.Update(state => state with { Lanes = [.. state.Lanes.SelectMany(l => l.Name == window.Name ? [Lane(newer), Lane(older)] : new[] { l })] });

    private static string Note(ExportState state, string name) =>
        state.Notes.TryGetValue(name, out var text) ? text : throw new FormatException($"The note '{name}' is missing.");

    private static int Number(ExportState state, string name) =>
        int.TryParse(Note(state, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw Unreadable(name);

    private static bool Flag(ExportState state, string name) => bool.TryParse(Note(state, name), out var flag) ? flag : throw Unreadable(name);

    private static FormatException Unreadable(string name) => new($"The note '{name}' cannot be read.");

    private static LaneState Lane(TimeWindow window) => new()
    {
        Name = window.Name,
        RangeStart = window.Start,
        RangeEnd = window.End,
        Planned = window.Planned,
    };

    private sealed class Writer(ExportStore store, LogScaleSearch search, PartWriter part, Action<long> took) : IWindowWriter
    {
        public bool KeepsPages => false;

        [MethodImpl(HotPath.Method)]
        public void Append(Page<EventRecord> page)
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
