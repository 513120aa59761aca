using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Paging;

/// <summary>
/// A walk that broke off. The pages before it were passed on and stay valid. A new walk can continue from <see cref="Checkpoint"/>.
/// </summary>
/// <param name="kind">What broke it.</param>
/// <param name="message">What happened and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class PagingException(PagingErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What broke the walk.</summary>
    public PagingErrorKind Kind { get; } = kind;

    /// <summary>The place from which a new walk can continue; null if nothing was read.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>Items passed on before it broke. Items of a page that was not passed on are not counted.</summary>
    public long Received { get; init; }
}
