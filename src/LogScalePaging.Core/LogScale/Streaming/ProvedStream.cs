using LogScalePaging.Common;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.Paging;
using LogScalePaging.Search.Windows;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.LogScale.Streaming;

/// <summary>Reads a range as a stream, and keeps it only if the count proves it. A stream has no end mark.</summary>
/// <param name="client">The repository.</param>
/// <param name="range">The range.</param>
/// <param name="proof">Its count.</param>
/// <param name="limit">Maximum number of events; null for all.</param>
/// <param name="mostUncounted">Events after which a stream without a count is closed.</param>
internal sealed class ProvedStream(QueryJobClient client, PinnedRange range, RangeProof proof, long? limit, long mostUncounted)
{
    // Larger than every count. Doubling a larger number would overflow.
    private const long MostCounted = 1_000_000_000_000_000;

    /// <summary>Streams the range into a sink, and keeps or discards it.</summary>
    /// <param name="sink">Receives the events.</param>
    /// <param name="kept">Called if it is kept.</param>
    /// <param name="cancellationToken">Ends it. Nothing is kept then.</param>
    /// <returns>Why it was not kept; null if it was.</returns>
    public async Task<string?> FetchAsync(IWindowSink sink, Action<FetchedWindow> kept, CancellationToken cancellationToken)
    {
        try
        {
            var fetched = await new EventStream(client, range, proof.LateFromAsync, limit, () => Plausible).FetchAsync(range.Job,
                range.Whole, sink, cancellationToken).ConfigureAwait(false);
            var expected = await proof.ExpectedAsync(cancellationToken).ConfigureAwait(false);
            if (expected is null || fetched.Rows >= limit || fetched.Rows - fetched.Notes.Late >= expected)
            {
                fetched.Writer.Commit(fetched.Notes, null, 0);
                kept(fetched);
                return null;
            }
            fetched.Writer.Discard();
            return FormattableString.Invariant($"the stream returned {fetched.Rows:N0} of {expected:N0} events");
        }
        catch (Exception e) when (e is ApiException or PagingException)
        {
            return Printable.Line(e.Message);
        }
    }

    // The count may arrive while the stream is read.
    private long Plausible =>
        proof.ExpectedNow is { } counted ? (2 * Math.Min(counted, MostCounted)) + AnswerLimits.BufferRows : mostUncounted;
}
