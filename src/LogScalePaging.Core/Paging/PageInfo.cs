using LogScalePaging.Diagnostics;

namespace LogScalePaging.Paging;

/// <summary>Metadata of a page.</summary>
public sealed record PageInfo
{
    /// <summary>Number of the page in this walk, from 1.</summary>
    public long Number { get; init; }

    /// <summary>Number of items of the whole result, if the server sent it. It can change.</summary>
    public long? Total { get; init; }

    /// <summary>Items dropped from this page because they were known.</summary>
    public int Duplicates { get; init; }

    /// <summary>Items of this page that share their id and time with another item but differ from it in other bytes.</summary>
    public int RepeatedIds { get; init; }

    /// <summary>Items of this page that have no id.</summary>
    public int WithoutId { get; init; }

    /// <summary>Time from the request to the complete page.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The server's trace id of the answer.</summary>
    public string? TraceId { get; init; }

    /// <summary>The rate limit from the headers of the answer.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>Warnings that came with the page.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why the walk ends with this page; null if it continues.</summary>
    public WalkEnd? End { get; init; }
}
