namespace LogScalePaging.Paging;

/// <summary>
/// A walk that broke off. The pages before it have been handed on and stay good; <see cref="Checkpoint"/> says from where to go on.
/// </summary>
/// <param name="kind">What broke it.</param>
/// <param name="message">What happened and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class PagingException(PagingErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What broke the walk.</summary>
    public PagingErrorKind Kind { get; } = kind;

    /// <summary>From where a new walk can go on; null when nothing was read.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>Items handed on before it broke. An item of a page that was not handed on is not counted.</summary>
    public long Received { get; init; }
}
