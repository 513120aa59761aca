using LogScalePaging.Simulator.Query.RowSets;
namespace LogScalePaging.Simulator.Query;

/// <summary>The result of a job.</summary>
internal sealed record QueryRows
{
    public required Rows Rows { get; init; }

    public required TimeRange Range { get; init; }

    /// <summary><c>queryStart</c> as it is sent; null if it is not sent.</summary>
    public required long? SaidStart { get; init; }

    /// <summary><c>queryEnd</c> as it is sent; null if it is not sent.</summary>
    public required long? SaidEnd { get; init; }

    public bool IsAggregate { get; init; }

    /// <summary>Whether more events match than the result has; null if the server does not say.</summary>
    public bool? HasMore { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> ExtraData { get; init; } = [];

    public IReadOnlyList<string>? FieldOrder { get; init; }

    /// <summary>Number of events in the range that match the filter.</summary>
    public long Matched { get; init; }

    /// <summary>Number of events in the range.</summary>
    public long Scanned { get; init; }
}
