using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Search;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Export.Runs;

/// <summary>
/// Fetches the events of a search into the parts of an export, from the beginning or from the place where an earlier run broke off: as a
/// stream, by windows, or page by page.
/// </summary>
/// <param name="search">The search.</param>
/// <param name="store">Receives the events. Its state has the existing parts.</param>
/// <param name="partialPath">Folder of the store's parts.</param>
/// <param name="time">The clock.</param>
/// <param name="took">Receives the number of bytes that were added or removed.</param>
internal sealed class ExportFetch(ISearch search, ExportStore store, string partialPath, TimeProvider time, Action<long> took)
{
    internal const string Lane = "a";
    private const long PartBytes = 8 << 20;
    private static readonly TimeSpan s_partAge = TimeSpan.FromSeconds(5);

    /// <summary>Fetches the missing events. In every case, the events that were read are saved in parts.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await FetchAsync(cancellationToken).ConfigureAwait(false);
        KeepWithinLimit();
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var state = store.State;
        if (state.Lanes.Count > 0)
        {
            took(state.Lanes.Sum(l => l.Parts.Sum(p => p.Bytes)));
            search.ContinueFrom(Earlier(state));
            if (state.Lanes.All(l => l.Done))
                return;
        }
        var from = LaneCheck.Plan(state).From;
        // The state already has the remaining windows of an earlier run.
        var isPlanned = search.Plan?.Windows is not null;
        if (from is null && search.Plan is null)
            await search.OpenAsync(toFile: true, cancellationToken).ConfigureAwait(false);
        for (; search.Plan?.Windows is { } windows; isPlanned = false)
        {
            if (!isPlanned)
                store.Update(s => WindowLanes.Planned(Pinned(s), search.Plan));
            if (await TryWindowsAsync(windows, cancellationToken).ConfigureAwait(false))
                return;
        }
        // The state may still have the lane of a plan that failed.
        if (store.State.Lanes is not [{ Name: Lane }])
            store.Update(
                s => Pinned(s) with
                {
                    Lanes = [
                    new LaneState { Name = Lane, RangeStart = search.Identity.RangeStart, RangeEnd = search.Identity.RangeEnd }]
                });
        await PagesAsync(from, cancellationToken).ConfigureAwait(false);
        if (!search.IsShort)
            return;
        // Events of a second walk belong between those of the first, so the second walk replaces the first.
        took(-store.State.Lanes.Sum(l => l.Parts.Sum(p => p.Bytes)));
        search.BeginAgain();
        store.EmptyLane(Lane);
        await PagesAsync(null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryWindowsAsync(IReadOnlyList<TimeWindow> windows, CancellationToken cancellationToken)
    {
        try
        {
            return await search.FetchWindowsAsync(windows, new WindowLanes(store, search, took), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            store.Counted(search);
        }
    }

    // The windows have at least as many events as a limit allows. The others are not written.
    private void KeepWithinLimit()
    {
        if (store.State.Rows > store.State.MaxEvents)
            search.Keep(KnownEvents.NotesWithin(store.State, partialPath, search.CountOutside));
    }

    private async Task PagesAsync(Checkpoint? from, CancellationToken cancellationToken)
    {
        var writer = new LaneWriter(store, Lane, time, PartBytes, s_partAge);
        try
        {
            var notes = search.Notes;
            await foreach (var page in search.WalkAsync(from, cancellationToken).ConfigureAwait(false))
            {
                store.Counted(search, save: false);
                took(writer.Append(page, search.Notes - notes));
                notes = search.Notes;
            }
            store.Counted(search);
        }
        finally
        {
            // The events that were read are saved, for every reason of the end.
            writer.Close();
        }
    }

    private SearchResumption Earlier(ExportState state) => new(state.Identity)
    {
        Plan = LaneCheck.Plan(state),
        Expected = state.ExpectedBefore,
        LateFrom = state.LateFrom,
        Received = state.Rows,
        Notes = state.RowNotes,
        Missing = state.Missing,
        IsAggregate = VerdictNotes.IsAggregate(state),
        // If nothing is left of earlier answers, their doubts do not apply to the result.
        Doubts = state.Lanes.Any(l => l.Done || l.Parts.Count > 0) ? VerdictNotes.Doubts(state) : [],
        Recall = take =>
        {
            foreach (var lane in state.Lanes)
                KnownEvents.Read(partialPath, lane, state.Schema, take);
        },
    };

    private ExportState Pinned(ExportState state) => state with
    {
        Identity = search.Identity,
        Strategy = search.PageStrategy,
        ExpectedBefore = search.ExpectedBefore,
        LateFrom = search.LateFrom,
    };
}
