using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator;

/// <summary>
/// Adds events while the server runs, so that a range that ends now is not empty. They are added on each request, a few seconds ahead of
/// the clock. A job that is created now therefore sees every event up to its end, and no event arrives in a range that was counted.
/// </summary>
internal sealed class ArrivingEvents(EventStore store, SimulatorClock clock)
{
    // Higher than the ordinals of generated and late events, so that no @id occurs twice.
    private const int FirstOrdinal = 1_500_000_000;

    // After a long time without requests, only the latest events are added.
    private const int MostAtOnce = 20_000;
    private const long AheadMs = 5_000;

    private readonly object _gate = new();
    private long _madeUntil = clock.NowMs;
    private int _events;

    public void Check()
    {
        if (store.Options.EventsPerMinute <= 0)
            return;
        lock (_gate)
        {
            var until = clock.NowMs + AheadMs;
            var step = Math.Max(1, 60_000 / store.Options.EventsPerMinute);
            var count = (until - _madeUntil) / step;
            if (count <= 0)
                return;
            var first = _madeUntil + ((count - Math.Min(count, MostAtOnce)) * step);
            long[] times = [.. Enumerable.Range(1, (int)Math.Min(count, MostAtOnce)).Select(i => first + (i * (long)step))];
            var generator = new EventGenerator(store.Options, store.Tags, new EventBuffer());
            store.AddNormalized([.. generator.Arriving(FirstOrdinal + _events, times)]);
            _events += times.Length;
            _madeUntil += count * step;
        }
    }
}
