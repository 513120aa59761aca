using LogScalePaging.Diagnostics;

namespace LogScalePaging.Paging;

/// <summary>What is known of a page beside its items.</summary>
public sealed record PageInfo
{
    /// <summary>Number of the page in this walk, from 1.</summary>
    public long Number { get; init; }

    /// <summary>How many items the whole result has, where the server said so; a count that may move.</summary>
    public long? Total { get; init; }

    /// <summary>Items dropped from this page because they had been seen.</summary>
    public int Duplicates { get; init; }

    /// <summary>Items of this page that share their id and time with another item and differ from it in other bytes.</summary>
    public int RepeatedIds { get; init; }

    /// <summary>Items of this page that have no id.</summary>
    public int WithoutId { get; init; }

    /// <summary>Time from asking for the page to having it.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The server's trace id of the answer.</summary>
    public string? TraceId { get; init; }

    /// <summary>The rate limit as the answer stated it.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>Warnings that came with the page.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why the walk ends with this page; null when it goes on.</summary>
    public WalkEnd? End { get; init; }
}
