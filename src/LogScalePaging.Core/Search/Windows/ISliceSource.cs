using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.Search.Windows;

/// <summary>
/// What a system answers so that a range can be cut into slices, which separate runs export. Disposing it removes what it created on the
/// server. All times are in the unit of the schema.
/// </summary>
internal interface ISliceSource : IAsyncDisposable
{
    /// <summary>The query, server and range. The range is pinned after <see cref="OpenAsync"/>.</summary>
    WalkIdentity Identity { get; }

    /// <summary>What the records look like.</summary>
    RecordSchema Schema { get; }

    /// <summary>Slices begin and end at multiples of this, because a request cannot have finer ends.</summary>
    long Grain { get; }

    /// <summary>Pins the range and counts its records.</summary>
    /// <exception cref="PagingException">The server did not accept the query, or its count proves nothing.</exception>
    Task<long> OpenAsync(CancellationToken cancellationToken);

    /// <summary>A histogram of the range, so fine that no bar has much more than a few percent of a slice if possible.</summary>
    /// <param name="most">Records of a slice.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PagingException">The server cannot count by time.</exception>
    Task<IReadOnlyList<Bucket>> BarsAsync(long most, CancellationToken cancellationToken);

    /// <summary>Whether a range includes records at exactly its end.</summary>
    /// <param name="bars">A histogram of the range.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PagingException">The server does not keep to the ends of a range.</exception>
    Task<bool> IncludesEndAsync(IReadOnlyList<Bucket> bars, CancellationToken cancellationToken);

    /// <summary>Counts a part of the range now.</summary>
    /// <exception cref="PagingException">The count failed.</exception>
    Task<long> CountAsync(long start, long end, CancellationToken cancellationToken);
}
