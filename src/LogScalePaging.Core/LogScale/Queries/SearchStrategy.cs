namespace LogScalePaging.LogScale.Queries;

/// <summary>How to get past the result buffer. Checkpoints and manifests contain these names.</summary>
public enum SearchStrategy
{
    /// <summary>The best strategy for the query and its result.</summary>
    Auto,
    /// <summary>Page by page from the newest event to the oldest. Each page is before the oldest known event.</summary>
    Around,
    /// <summary>The range is cut into windows that fit into the largest buffer, and many are read in parallel.</summary>
    Window,
    /// <summary>
    /// One streamed answer. It is kept if the count agrees, else windows are used. For files only, and not through the Falcon gateway.
    /// </summary>
    Stream,
    /// <summary>
    /// One job over the whole range, with <c>tail()</c> for a larger result buffer: a single evaluation of the query. Not to be requested:
    /// the engine uses it for queries that cannot be cut by time.
    /// </summary>
    OneJob,
    /// <summary>The first answer held the whole result. Not to be requested.</summary>
#pragma warning disable CA1720 // files of earlier versions have this name
    Single,
#pragma warning restore CA1720
}
