namespace LogScalePaging.LogScale.Queries;

/// <summary>How a search follows new events.</summary>
/// <param name="Interval">Time between the end of a poll and the next one.</param>
internal sealed record LiveOptions(TimeSpan Interval)
{
    /// <summary>The default of <see cref="Interval"/>.</summary>
    public const int DefaultIntervalSec = 5;

    /// <summary>The poll that ends the search begins after this time; null to follow without an end.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>True to begin with the present; false to read the events since the start of the range first.</summary>
    public bool FromNow { get; init; }
}
