namespace LogScalePaging.Search.Progress;

/// <summary>The progress of a search.</summary>
/// <param name="Received">Events passed on so far.</param>
/// <param name="Expected">Events that the server counted in the range; null if it is not known (yet).</param>
/// <param name="Pages">Pages so far.</param>
/// <param name="JobProgress">The part of the current job that is done, 0 to 1; null if the server does not send it.</param>
public sealed record SearchProgress(long Received, long? Expected, long Pages, double? JobProgress)
{
    /// <summary>Jobs that are on the server now.</summary>
    public int Jobs { get; init; }

    /// <summary>Requests retried and jobs created again so far.</summary>
    public long Retries { get; init; }
}
