using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;

namespace LogScalePaging.Search;

/// <summary>A count of a range now, for a proof.</summary>
/// <param name="Count">Records that the server counts.</param>
/// <param name="Doubts">
/// Why the count proves nothing, each as a part of a sentence: a partial count, for example, can agree by chance. Empty for a good count.
/// </param>
internal sealed record RangeCount(long Count, IReadOnlyList<string> Doubts)
{
    /// <summary>The count, if nothing questions it.</summary>
    /// <param name="what">What was counted, for the message.</param>
    /// <exception cref="PagingException">Something does.</exception>
    public long Proven(string what) => Doubts.Count == 0
        ? Count
        : throw new PagingException(PagingErrorKind.RequestFailed, $"the count of {what} proves nothing, because {Doubts[0]}");

    /// <summary>Counts the records of a request with a search that does nothing else, so that all its doubts are about the count.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="request">The request. Its range must be absolute.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PagingException">The count failed. The message says why.</exception>
    public static async Task<RangeCount> TakeAsync(SearchConnection connection, SearchRequest request, SignalLog signals,
        CancellationToken cancellationToken)
    {
        var search = connection.Open(request, signals);
        await using var _ = search.ConfigureAwait(false);
        var count = await search.CountAsync(cancellationToken).ConfigureAwait(false);
        return new RangeCount(count, search.Doubts);
    }
}
