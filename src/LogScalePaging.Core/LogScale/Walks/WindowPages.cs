using System.Runtime.CompilerServices;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.LogScale.Walks;

/// <summary>The windows of a range as one walk for a reader: newest event first, up to a limit.</summary>
/// <param name="tally">Counts the events, so that a limit is exact.</param>
/// <param name="limit">The limit.</param>
internal sealed class WindowPages(SearchTally tally, RecordLimit limit)
{
    /// <summary>The pages. Enumerate once.</summary>
    /// <param name="pages">The pages of the windows, newest event first.</param>
    /// <param name="cancellationToken">Ends the walk. Pages that were passed on stay valid.</param>
    public async IAsyncEnumerable<Page<Record>> ReadAsync(IAsyncEnumerable<Page<Record>> pages,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = new Page<Record>([], null, new PageInfo());
        var end = new WalkEnd(EndReason.LastPage, "every window is read");
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // A page is passed on when it is known whether it is the last one.
            if (last.Items.Count > 0)
                yield return tally.Number(last, null);
            last = limit.Cut(page, tally.Received);
            if (limit.IsReached(tally.Received + last.Items.Count))
            {
                end = limit.End;
                break;
            }
        }
        yield return tally.Number(last, end);
        tally.TakesTime();
    }
}
