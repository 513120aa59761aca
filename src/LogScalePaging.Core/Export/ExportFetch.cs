using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Search;

namespace LogScalePaging.Export;

/// <summary>
/// Brings the events of a search into the parts of an export, from the beginning or from where an earlier run broke off: in one
/// stream, by windows, or page by page.
/// </summary>
/// <param name="search">The search.</param>
/// <param name="store">Where its events go; its state says what is there already.</param>
/// <param name="partialPath">Where the store has its parts.</param>
/// <param name="time">The clock.</param>
/// <param name="took">Told of the bytes that were added, and of those that were taken back.</param>
internal sealed class ExportFetch(LogScaleSearch search, ExportStore store, string partialPath, TimeProvider time, Action<long> took)
{
    internal const string Lane = "a";
    private const long PartBytes = 8 << 20;
    private static readonly TimeSpan s_partAge = TimeSpan.FromSeconds(5);

    /// <summary>Fetches what is not there yet. Whatever ends it, what was read is safe in parts.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await FetchAsync(cancellationToken).ConfigureAwait(false);
        KeepWithinLimit();
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var state = store.State;
        if (state.Strategy == StrategyChoice.Window || state is { Strategy: StrategyChoice.Stream or StrategyChoice.OneJob, Lanes: [{ Done: true }] })
        {
            var done = state.Lanes.Where(l => l.Done).ToList();
            search.ContinueFrom(Earlier(state, done.Sum(l => l.Rows)) with { Recall = known => done.ForEach(l => KnownEvents.Read(partialPath, l, state.Schema, known)) });
            await WindowsAsync(cancellationToken).ConfigureAwait(false);
            return;
        }
        var lane = state.Lanes.Count > 0 ? state.Lanes[0] : null;
        Checkpoint? from = null;
        if (state.Strategy is StrategyChoice.Stream or StrategyChoice.OneJob && lane is not null)
        {
            // A single answer that was not whole left nothing: it is asked for again, over the range that was pinned.
            search.ContinueFrom(new SearchResumption(state.Identity));
            lane = null;
        }
        if (lane is not null)
        {
            from = lane.Parts.Count > 0 ? lane.Parts[lane.Parts.Count - 1].Next : null;
            took(lane.Parts.Sum(p => p.Bytes));
            search.ContinueFrom(Earlier(state, lane.Rows) with { Recall = known => KnownEvents.Read(partialPath, lane, state.Schema, known) });
            if (lane.Done)
                return;
        }
        if (from is null)
            await search.OpenAsync(int.MaxValue, cancellationToken).ConfigureAwait(false);
        while (search.Strategy?.Name is StrategyChoice.OneJob or StrategyChoice.Stream)
        {
            store.Update(s => WindowLanes.Streamed(Pinned(s), search));
            var sink = new WindowLanes(store, search, took);
            if (search.Strategy.Value.Name == StrategyChoice.OneJob
                ? await search.TryOneJobAsync(sink, cancellationToken).ConfigureAwait(false)
                : await search.TryStreamAsync(sink, cancellationToken).ConfigureAwait(false))
                return;
        }
        if (search.Windows is not null)
        {
            store.Update(s => WindowLanes.Planned(Pinned(s), search));
            await WindowsAsync(cancellationToken).ConfigureAwait(false);
            return;
        }
        // The state may still have the lane of a strategy that did not bring the result.
        if (store.State.Lanes is not [{ Name: Lane }])
            store.Update(s => Pinned(s) with { Lanes = [new LaneState { Name = Lane, RangeStart = search.Identity.RangeStart, RangeEnd = search.Identity.RangeEnd }] });
        await PagesAsync(from, cancellationToken).ConfigureAwait(false);
        if (!search.IsShort)
            return;
        // Events that a second walk finds belong between those of the first, so the second one takes its place.
        took(-store.State.Lanes.Sum(l => l.Parts.Sum(p => p.Bytes)));
        search.BeginAgain();
        store.EmptyLane(Lane);
        await PagesAsync(null, cancellationToken).ConfigureAwait(false);
    }

    private async Task WindowsAsync(CancellationToken cancellationToken)
    {
        var left = WindowLanes.Left(store.State);
        if (left.Count == 0)
            return;
        try
        {
            await search.FetchWindowsAsync(left, WindowLanes.BufferOf(store.State), new WindowLanes(store, search, took), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            store.Counted(search);
        }
    }

    // The windows hold at least as many events as a limit asks for; the others are not written.
    private void KeepWithinLimit()
    {
        if (store.State.Rows > store.State.MaxEvents)
            search.Keep(KnownEvents.NotesWithin(store.State, partialPath, search.Noting));
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
            // Whatever ended the walk: what was read is made safe.
            writer.Close();
        }
    }

    private static SearchResumption Earlier(ExportState state, long received) => new(state.Identity)
    {
        Expected = state.ExpectedBefore,
        LateFrom = state.LateFrom,
        Received = received,
        Notes = state.RowNotes,
        Missing = state.Missing,
        IsAggregate = VerdictNotes.IsAggregate(state),
        // Where nothing is left of the earlier answers, they say nothing of the result.
        Doubts = state.Lanes.Any(l => l.Done || l.Parts.Count > 0) ? VerdictNotes.Doubts(state) : [],
    };

    private ExportState Pinned(ExportState state) => state with
    {
        Identity = search.Identity,
        Strategy = AroundStrategy.StrategyName,
        ExpectedBefore = search.ExpectedBefore,
        LateFrom = search.LateFrom,
    };
}
