namespace LogScalePaging.Simulator;

/// <summary>Counts the requests of each second of the server's clock. Thread safe.</summary>
internal sealed class RateLimiter(SimulatorClock clock)
{
    private readonly object _gate = new();
    private long _second;
    private int _used;

    /// <returns>How many requests are left in this second; below zero if this one is too many.</returns>
    public int Take(int limit)
    {
        var second = clock.NowMs / 1000;
        lock (_gate)
        {
            if (second != _second)
                (_second, _used) = (second, 0);
            return limit - ++_used;
        }
    }
}
