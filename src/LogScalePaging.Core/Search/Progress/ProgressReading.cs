namespace LogScalePaging.Search.Progress;

/// <summary>The progress of a search.</summary>
/// <param name="Search">The last report.</param>
/// <param name="Total">Expected total of events; null if it is not known.</param>
/// <param name="PerSecond">Events per second over the last seconds; null if it is not known yet.</param>
public sealed record ProgressReading(SearchProgress Search, long? Total, double? PerSecond)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(999);

    /// <summary>Part that is done, 0 to 1; null when it cannot be known.</summary>
    public double? Fraction => Total is > 0 ? Math.Min(1.0, (double)Search.Received / Total.Value) : null;

    /// <summary>Estimated remaining time; null if it is not known.</summary>
    public TimeSpan? Left => PerSecond is > 0 && Total > Search.Received
        ? TimeSpan.FromSeconds(Math.Min((Total.Value - Search.Received) / PerSecond.Value, s_longest.TotalSeconds))
        : null;

    /// <summary>Makes the reading from a report.</summary>
    /// <param name="search">The report.</param>
    /// <param name="limit">Maximum number of events; null for all.</param>
    /// <param name="perSecond">Events per second.</param>
    public static ProgressReading Of(SearchProgress search, long? limit, double? perSecond) => new(
        search,
        (search.Expected, limit) switch
        {
            ({ } expected, { } most) => Math.Min(expected, most),
            var (expected, most) => expected ?? most,
        },
        perSecond);
}
