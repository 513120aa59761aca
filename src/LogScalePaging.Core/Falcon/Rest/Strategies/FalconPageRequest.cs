using LogScalePaging.Falcon.Rest.Endpoints;

namespace LogScalePaging.Falcon.Rest.Strategies;

/// <summary>The request for one page.</summary>
/// <param name="Family">The family of the endpoint.</param>
/// <param name="Path">Path of the endpoint.</param>
/// <param name="Limit">Maximum number of records on the page.</param>
internal sealed record FalconPageRequest(FalconFamily Family, string Path, int Limit)
{
    /// <summary>The continuation that <see cref="Token"/> or <see cref="Offset"/> belongs to; null on a first page.</summary>
    public Continuation? By { get; init; }

    /// <summary>The token of the page; null for a page without a token. Never empty.</summary>
    public string? Token { get; init; }

    /// <summary>Records to skip; null for none.</summary>
    public long? Offset { get; init; }

    /// <summary>Filter in FQL; empty for none.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Order; null for the server's.</summary>
    public string? Sort { get; init; }

    /// <summary>True if the filter matches fewer records than the user's filter. The total of the answer then counts only a part.</summary>
    public bool IsPart { get; init; }

    /// <summary>True if only the total is needed.</summary>
    public bool IsCount { get; init; }
}
