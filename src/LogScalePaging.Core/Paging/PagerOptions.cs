using LogScalePaging.Diagnostics;
using LogScalePaging.Records;

namespace LogScalePaging.Paging;

/// <summary>What a walk needs beside its strategy and its source.</summary>
public sealed record PagerOptions
{
    /// <summary>What is asked, for checkpoints. The range is pinned.</summary>
    public required WalkIdentity Identity { get; init; }

    /// <summary>Where signals go.</summary>
    public SignalLog Signals { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How many items there should be; a null result when no count could be had. Awaited once a walk has more than one page; must not fail.</summary>
    public Task<long?>? Expected { get; init; }

    /// <summary>Items to hand on at the most; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Empty pages in a row before a walk is called lost.</summary>
    public int MaxEmptyPages { get; init; } = 10;

    /// <summary>How often a walk may begin again.</summary>
    public int MaxRestarts { get; init; } = 5;

    /// <summary>The items that are known already, which the walk adds its own to; null for a set of its own that is empty.</summary>
    public IdentitySet? Known { get; init; }

    /// <summary>Items that may come beyond twice the count before the walk is stopped. A server that always sends new items would keep it running.</summary>
    public long Allowance { get; init; } = 200_000;

    /// <summary>Counts the items anew before a walk is stopped because far more came than were counted; null when that cannot be done.</summary>
    public Func<CancellationToken, Task<long?>>? Recount { get; init; }

    /// <summary>Items after which a walk without a count and without a limit is stopped.</summary>
    public long MostUncounted { get; init; } = DefaultMostUncounted;

    /// <summary>The default of <see cref="MostUncounted"/>: some 7,500 jobs, and 50 MB of identities.</summary>
    internal const long DefaultMostUncounted = 1_500_000;
}
