namespace LogScalePaging.Search.Progress;

/// <summary>Computes rate and remaining time from the reports of a search. Safe for many threads.</summary>
/// <param name="time">The clock.</param>
/// <param name="limit">Maximum number of events; null for all.</param>
public sealed class ProgressMeter(TimeProvider time, long? limit)
{
    private readonly RateMeter _rate = new(time);
    private readonly object _gate = new();
    private SearchProgress _last = new(0, null, 0, null);

    /// <summary>Takes a report. Cheap.</summary>
    public void Add(SearchProgress progress)
    {
        lock (_gate)
        {
            _last = progress;
            _rate.Add(progress.Received);
        }
    }

    /// <summary>The current progress.</summary>
    public ProgressReading Read()
    {
        lock (_gate)
            return ProgressReading.Of(_last, limit, _rate.PerSecond);
    }
}
