namespace LogScalePaging.Transport.Limits;

/// <summary>
/// Exponential back-off with full jitter: a random wait between zero and a ceiling that doubles with every failure. Workers that failed
/// together then do not retry together.
/// </summary>
internal static class BackOff
{
    private static readonly TimeSpan s_base = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_cap = TimeSpan.FromSeconds(30);
    private static readonly Random s_random = new();

    /// <summary>The longest wait after this number of consecutive failures (0: the first).</summary>
    public static TimeSpan Ceiling(int failures) =>
        // 2^7 × 250 ms is above the limit, so a larger shift is not needed and cannot overflow.
        failures >= 7 ? s_cap : TimeSpan.FromTicks(Math.Min(s_cap.Ticks, s_base.Ticks << failures));

    /// <summary>The wait after this number of consecutive failures (0: the first).</summary>
    public static TimeSpan Next(int failures)
    {
        lock (s_random)
            return TimeSpan.FromTicks((long)(Ceiling(failures).Ticks * s_random.NextDouble()));
    }
}
