using LogScalePaging.Diagnostics;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Paging;

/// <summary>The options of a walk, apart from its strategy and its source.</summary>
internal sealed record PagerOptions
{
    /// <summary>The query, server and pinned range, for checkpoints.</summary>
    public required WalkIdentity Identity { get; init; }

    /// <summary>The log that receives signals.</summary>
    public SignalLog Signals { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// The expected number of items; the result is null if the count failed. It is awaited when a walk has more than one page, and must
    /// not throw.
    /// </summary>
    public Task<long?>? Expected { get; init; }

    /// <summary>Maximum number of items; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Maximum number of empty pages in a row.</summary>
    public int MaxEmptyPages { get; init; } = 10;

    /// <summary>How often a walk may start again.</summary>
    public int MaxRestarts { get; init; } = 5;

    /// <summary>The known items, to which the walk adds its own; null for a new set.</summary>
    public IdentitySet? Known { get; init; }

    /// <summary>
    /// Items beyond twice the count before the walk is stopped. A server that always sends new items would keep it running.
    /// </summary>
    public long Allowance { get; init; } = 200_000;

    /// <summary>
    /// Counts the items again, before a walk is stopped because it received far more than the count; null if this is not possible.
    /// </summary>
    public Func<CancellationToken, Task<long?>>? Recount { get; init; }

    /// <summary>Items after which a walk without a count and without a limit is stopped.</summary>
    public long MostUncounted { get; init; } = DefaultMostUncounted;

    /// <summary>The default of <see cref="MostUncounted"/>: some 5,000 jobs, and 25 MB of identities.</summary>
    internal const long DefaultMostUncounted = 1_000_000;
}
