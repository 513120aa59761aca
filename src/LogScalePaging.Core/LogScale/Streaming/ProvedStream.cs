using LogScalePaging.Common;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.Paging;
using LogScalePaging.Search.Windows;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.LogScale.Streaming;

/// <summary>A range in one streamed answer, kept only when the count proves it: nothing in a stream says that it is whole.</summary>
/// <param name="client">The repository.</param>
/// <param name="range">The range.</param>
/// <param name="proof">Its count.</param>
/// <param name="limit">Events wanted at the most; null for all.</param>
/// <param name="mostUncounted">Events after which a stream without a count is closed.</param>
internal sealed class ProvedStream(QueryJobClient client, PinnedRange range, RangeProof proof, long? limit, long mostUncounted)
{
    // Beyond any count. Twice a larger number would overflow.
    private const long MostCounted = 1_000_000_000_000_000;

    /// <summary>Streams the range into a sink, and keeps it there or discards it.</summary>
    /// <param name="sink">Where it goes.</param>
    /// <param name="kept">Told of it when it is kept.</param>
    /// <param name="cancellationToken">Ends it; nothing is kept then.</param>
    /// <returns>Why it was not kept; null when it was.</returns>
    public async Task<string?> FetchAsync(IWindowSink sink, Action<FetchedWindow> kept, CancellationToken cancellationToken)
    {
        try
        {
            var fetched = await new EventStream(client, range, proof.LateFromAsync, limit, () => Plausible).FetchAsync(range.Job, range.Whole, sink, cancellationToken).ConfigureAwait(false);
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

    // The count may come while the stream is read.
    private long Plausible => proof.ExpectedNow is { } counted ? (2 * Math.Min(counted, MostCounted)) + AnswerLimits.BufferRows : mostUncounted;
}
