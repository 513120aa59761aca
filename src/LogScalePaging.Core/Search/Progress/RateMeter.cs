namespace LogScalePaging.Search.Progress;

/// <summary>Events per second over the last seconds: current, and steady enough for an estimate.</summary>
internal sealed class RateMeter(TimeProvider time)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(250);
    private readonly Queue<(long At, long Events)> _samples = new();
    private (long At, long Events) _last;

    /// <summary>Takes a reading of the counter.</summary>
    public void Add(long events)
    {
        // The first reading is the start, because a resumed run did not fetch these events now.
        _last = (time.GetTimestamp(), events);
        _samples.Enqueue(_last);
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At, _last.At) > s_window)
            _samples.Dequeue();
    }

    /// <summary>Events per second; null if it is not known yet.</summary>
    public double? PerSecond
    {
        get
        {
            if (_samples.Count < 2)
                return null;
            var first = _samples.Peek();
            var span = time.GetElapsedTime(first.At, time.GetTimestamp());
            return span < s_shortest ? null : (_last.Events - first.Events) / span.TotalSeconds;
        }
    }
}
