namespace LogScalePaging.Simulator.Query;

/// <summary>What a job has found.</summary>
internal sealed record QueryResult
{
    public required Rows Rows { get; init; }

    public required TimeRange Range { get; init; }

    /// <summary><c>queryStart</c> as it is sent; null if it is not.</summary>
    public required long? SaidStart { get; init; }

    /// <summary><c>queryEnd</c> as it is sent; null if it is not.</summary>
    public required long? SaidEnd { get; init; }

    public bool IsAggregate { get; init; }

    /// <summary>Whether more events match than are here; null where the server does not say.</summary>
    public bool? HasMore { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> ExtraData { get; init; } = [];

    public IReadOnlyList<string>? FieldOrder { get; init; }

    /// <summary>How many events the filter matches in the range.</summary>
    public long Matched { get; init; }

    /// <summary>How many events the range holds.</summary>
    public long Scanned { get; init; }
}
