using LogScalePaging.Records;

namespace LogScalePaging.Search;

/// <summary>
/// Finds the records of a range that arrived since a time, on a server that keeps the time of their arrival. Its answers say where to look
/// and prove nothing. All times are in epoch milliseconds.
/// </summary>
internal interface IArrivalSource
{
    /// <summary>Tests, on records of a range, whether the server finds records by the time of their arrival.</summary>
    /// <returns>True if it does, false if it does not, and null if these records cannot show it.</returns>
    /// <exception cref="Paging.PagingException">The server did not answer.</exception>
    Task<bool?> ProbeAsync(long start, long end, CancellationToken cancellationToken);

    /// <summary>Finds the records of a range that arrived from a time on.</summary>
    /// <param name="start">Start of the range.</param>
    /// <param name="end">Its end, exclusive.</param>
    /// <param name="since">The time.</param>
    /// <param name="take">Receives each record. They are of use only if the result is <see cref="ArrivalAnswer.Found"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Paging.PagingException">The server did not answer.</exception>
    Task<ArrivalAnswer> FindAsync(long start, long end, long since, Action<Record> take, CancellationToken cancellationToken);
}
