namespace LogScalePaging.Simulator.Gateway;

/// <summary>Counts the requests of each period of the server's clock. Thread safe.</summary>
internal sealed class RateWindow(SimulatorClock clock)
{
    private readonly object _gate = new();
    private long _period;
    private int _used;

    /// <param name="take">How many requests to count.</param>
    /// <returns>How many requests are left in this period, below zero if this one is too many, and when the next period begins.</returns>
    public (int Left, DateTimeOffset Next) Take(int limit, int seconds, int take = 1)
    {
        var length = seconds * 1000L;
        var period = clock.NowMs / length;
        lock (_gate)
        {
            if (period != _period)
                (_period, _used) = (period, 0);
            _used += take;
            return (limit - _used, DateTimeOffset.FromUnixTimeMilliseconds((period + 1) * length));
        }
    }
}
