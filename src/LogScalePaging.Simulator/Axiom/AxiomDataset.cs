using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Axiom;

/// <summary>The events of a simulated Axiom, oldest first.</summary>
internal sealed class AxiomDataset
{
    private readonly AxiomEvent[] _events;

    public AxiomDataset(AxiomSimulatorOptions options, DateTimeOffset now)
    {
        var random = new Randomness((ulong)options.Seed);
        var end = AxiomTime.Of(now);
        var span = Math.Max(1, options.EventSpan.Ticks * 100);
        var middle = end - (span / 2);
        var times = new long[options.EventCount];
        for (var i = 0; i < times.Length; i++)
            times[i] = i < options.CrowdSize ? middle : end - span + random.Below(span);
        Array.Sort(times);
        for (var i = 0; i < options.Ties && times.Length > 1; i++)
        {
            var at = 1 + random.Below(times.Length - 1);
            if (times[at] != middle)
                times[at] = times[at - 1];
        }
        Array.Sort(times);
        var contents = Enumerable.Range(0, times.Length).ToArray();
        for (int i = 0, left = options.Duplicates; i < times.Length - 1 && left > 0; i++)
        {
            if (times[i] != times[i + 1])
                continue;
            contents[i + 1] = contents[i];
            left--;
        }
        _events = [.. times.Select((time, i) => new AxiomEvent(time, time + AxiomTime.Second + (contents[i] % 3), i, contents[i]))];
    }

    /// <summary>All events, oldest first.</summary>
    public IReadOnlyList<AxiomEvent> Events => _events;

    /// <summary>The events of a range, oldest first.</summary>
    /// <param name="endInclusive">Whether an event at exactly the end is included.</param>
    public ArraySegment<AxiomEvent> Range(long start, long end, bool endInclusive)
    {
        var first = Find(start);
        var last = Find(endInclusive ? end + 1 : end);
        return new ArraySegment<AxiomEvent>(_events, first, Math.Max(0, last - first));
    }

    // The first event at or after a time.
    private int Find(long time)
    {
        var at = Array.BinarySearch(_events, new AxiomEvent(time, 0, int.MinValue, 0));
        return at < 0 ? ~at : at;
    }
}
