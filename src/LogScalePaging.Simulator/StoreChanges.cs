using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator;

/// <summary>
/// Adds the events of <see cref="SimulatorOptions.LateArrivals"/> and deletes those of <see cref="SimulatorOptions.Departures"/> at their
/// time.
/// </summary>
internal sealed class StoreChanges(EventStore store, SimulatorClock clock)
{
    // Higher than the ordinals of generated events, so that no @id occurs twice.
    private const int FirstOrdinal = 1_000_000_000;

    private readonly object _gate = new();
    private readonly HashSet<object> _done = new(ReferenceComparer.Instance);
    private int _events;

    public void Check(long requests, int jobs)
    {
        if (store.Options is { LateArrivals.Count: 0, Departures.Count: 0 })
            return;
        lock (_gate)
        {
            foreach (var departure in store.Options.Departures.Where(d => jobs >= d.AfterJobs))
            {
                if (_done.Add(departure))
                    store.DeleteOldest(departure.Count);
            }
            foreach (var late in store.Options.LateArrivals)
            {
                var isTime = late.AfterRequests > 0 ? requests >= late.AfterRequests : jobs >= late.AfterJobs;
                if (!isTime || !_done.Add(late))
                    continue;
                var generator = new EventGenerator(store.Options, store.Tags, new EventBuffer());
                var now = clock.NowMs;
                store.AddNormalized([.. generator.Late(FirstOrdinal + _events, late.Count, now - (long)late.Ago.TotalMilliseconds, now)]);
                _events += late.Count;
            }
        }
    }

    /// <summary>Two changes with the same values are different.</summary>
    private sealed class ReferenceComparer : IEqualityComparer<object>
    {
        public static ReferenceComparer Instance { get; } = new();

        public new bool Equals(object? x, object? y) => ReferenceEquals(x, y);

        public int GetHashCode(object obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
