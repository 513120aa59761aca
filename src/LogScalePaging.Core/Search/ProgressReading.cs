namespace LogScalePaging.Search;

/// <summary>How a search stands.</summary>
/// <param name="Search">The last report.</param>
/// <param name="Total">Events when it is done; null when that is not known.</param>
/// <param name="PerSecond">Events a second over the last seconds; null while there is too little to say.</param>
public sealed record ProgressReading(SearchProgress Search, long? Total, double? PerSecond)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(999);

    /// <summary>Part that is done, 0 to 1; null when it cannot be known.</summary>
    public double? Fraction => Total is > 0 ? Math.Min(1.0, (double)Search.Received / Total.Value) : null;

    /// <summary>Time that the rest will take at this rate; null when it cannot be known.</summary>
    public TimeSpan? Left => PerSecond is > 0 && Total > Search.Received
        ? TimeSpan.FromSeconds(Math.Min((Total.Value - Search.Received) / PerSecond.Value, s_longest.TotalSeconds))
        : null;

    /// <summary>The reading of a report.</summary>
    /// <param name="search">The report.</param>
    /// <param name="limit">Events at most; null for all.</param>
    /// <param name="perSecond">Events a second.</param>
    public static ProgressReading Of(SearchProgress search, long? limit, double? perSecond) => new(
        search,
        (search.Expected, limit) switch
        {
            ({ } expected, { } most) => Math.Min(expected, most),
            var (expected, most) => expected ?? most,
        },
        perSecond);
}
