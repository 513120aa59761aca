using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator;

/// <summary>Adds the late events of <see cref="SimulatorOptions.LateArrivals"/> at their time.</summary>
internal sealed class LateArrivals(EventStore store, SimulatorClock clock)
{
    // Higher than the ordinals of generated events, so that no @id occurs twice.
    private const int FirstOrdinal = 1_000_000_000;

    private readonly object _gate = new();
    private readonly HashSet<LateArrival> _arrived = new(ReferenceComparer.Instance);
    private int _events;

    public void Check(long requests, int jobs)
    {
        if (store.Options.LateArrivals.Count == 0)
            return;
        lock (_gate)
        {
            foreach (var late in store.Options.LateArrivals)
            {
                var isTime = late.AfterRequests > 0 ? requests >= late.AfterRequests : jobs >= late.AfterJobs;
                if (!isTime || !_arrived.Add(late))
                    continue;
                var generator = new EventGenerator(store.Options, store.Tags, new EventBuffer());
                var now = clock.NowMs;
                store.AddNormalized([.. generator.Late(FirstOrdinal + _events, late.Count, now - (long)late.Ago.TotalMilliseconds, now)]);
                _events += late.Count;
            }
        }
    }

    /// <summary>Two arrivals with the same values are different.</summary>
    private sealed class ReferenceComparer : IEqualityComparer<LateArrival>
    {
        public static ReferenceComparer Instance { get; } = new();

        public bool Equals(LateArrival? x, LateArrival? y) => ReferenceEquals(x, y);

        public int GetHashCode(LateArrival obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
