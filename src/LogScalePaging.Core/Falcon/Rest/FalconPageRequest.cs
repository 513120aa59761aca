namespace LogScalePaging.Falcon.Rest;

/// <summary>One page to ask for.</summary>
/// <param name="Family">How the endpoint is asked.</param>
/// <param name="Path">Path of the endpoint.</param>
/// <param name="Limit">Records on the page at most.</param>
internal sealed record FalconPageRequest(FalconFamily Family, string Path, int Limit)
{
    /// <summary>The continuation that <see cref="Token"/> or <see cref="Offset"/> belongs to; null on a first page.</summary>
    public Continuation? By { get; init; }

    /// <summary>The token of the page; null for a page without one. Never empty.</summary>
    public string? Token { get; init; }

    /// <summary>Records to skip; null for none.</summary>
    public long? Offset { get; init; }

    /// <summary>Filter in FQL; empty for none.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Order; null for the server's.</summary>
    public string? Sort { get; init; }

    /// <summary>True when the filter is narrower than what the user asked, so that the answer's total counts only a part.</summary>
    public bool IsPart { get; init; }

    /// <summary>True when only the total matters.</summary>
    public bool IsCount { get; init; }
}
