using LogScalePaging.Diagnostics;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>An export whose server is a list. It continues from its files, and stops when a step throws.</summary>
internal sealed record FakeWalk(IReadOnlyList<(LaneState Lane, Record[] Events)> Lanes)
{
    public Func<int> PartSize { get; init; } = () => 7;

    public long? MaxEvents { get; init; }

    public int Dropped { get; private set; }

    /// <summary>Runs to the end: begins, or resumes when there is something to resume.</summary>
    public void Run(ExportTarget target, Action<string>? step = null)
    {
        var store = ExportStore.Exists(target)
            ? ExportStore.Resume(target, s => s with { Resumes = s.Resumes + 1 }, step)
            : ExportStore.Create(target, Make.State([.. Lanes.Select(l => l.Lane)]) with { MaxEvents = MaxEvents }, step);
        try
        {
            Dropped += store.DroppedParts.Count;
            if (store.Published is not null)
            {
                store.Complete();
                return;
            }
            foreach (var (lane, events) in Lanes)
                Walk(store, lane.Name, events);
            store.Assemble(new SignalLog(), null, CancellationToken.None, finished => Make.Manifest(target, store.State, finished));
            step?.Invoke("assembled and in place");
            store.Complete();
        }
        finally
        {
            // A crash: nothing is cleaned up.
            store.Abandon();
        }
    }

    private void Walk(ExportStore store, string lane, Record[] events)
    {
        while (store.State.Lanes.Single(l => l.Name == lane) is { Done: false } state)
        {
            var at = state.Parts.Count == 0 ? 0 : (int)state.Parts[^1].Next!.Position.Number("row");
            var next = Math.Min(events.Length, at + Math.Max(1, PartSize()));
            store.AddPart(lane, events[at..next], done: next == events.Length, next: next);
        }
    }
}
