namespace LogScalePaging.Search;

/// <summary>How far a search has come.</summary>
/// <param name="Received">Events handed on so far.</param>
/// <param name="Expected">Events that the server counts in the range; null while, or when, that is not known.</param>
/// <param name="Pages">Pages so far.</param>
/// <param name="JobProgress">Part of the current job that is done, 0 to 1; null when the server does not say.</param>
public sealed record SearchProgress(long Received, long? Expected, long Pages, double? JobProgress)
{
    /// <summary>Jobs that are on the server now.</summary>
    public int Jobs { get; init; }

    /// <summary>Requests repeated and jobs made again so far.</summary>
    public long Retries { get; init; }
}
