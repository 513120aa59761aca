using LogScalePaging.LogScale.Counting;

namespace LogScalePaging.LogScale;

/// <summary>
/// How far a poll of a live search goes back behind the end of the poll before it. Events become searchable some time after their own time,
/// so the last part of each poll is read again.
/// </summary>
internal static class LiveOverlap
{
    /// <summary>The shortest part that is read again: clocks of senders differ by some seconds.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(30);

    /// <summary>The longest part. A server that says no ingest lag would otherwise have an hour read again with each poll.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(10);

    /// <summary>Start of the next poll, epoch milliseconds.</summary>
    /// <param name="end">End of the last poll.</param>
    /// <param name="changing">The part of the last poll that could still change, by the ingest lag that the server states.</param>
    /// <param name="first">Start of the first poll. Events before it are never read.</param>
    public static long Next(long end, ChangingPart changing, long first)
    {
        var lag = changing.IsEmpty ? 0 : end - (changing.From ?? 0);
        return Math.Max(first, end - Math.Min(Math.Max(lag, (long)Least.TotalMilliseconds), (long)Most.TotalMilliseconds));
    }
}
