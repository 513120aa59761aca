using LogScalePaging.Records;

namespace LogScalePaging.Paging;

/// <summary>All that a verdict rests on. A walk fills it with what it counted and received, never with what it said in its log.</summary>
public sealed record SearchFacts
{
    /// <summary>Events that the server counted before the walk; null when there is no such count.</summary>
    public long? Before { get; init; }

    /// <summary>Events that the server counted after the walk; null when there is no such count.</summary>
    public long? After { get; init; }

    /// <summary>Distinct events received.</summary>
    public long Received { get; init; }

    /// <summary>What was noticed about them.</summary>
    public RowNotes Notes { get; init; }

    /// <summary>Events that the server counted in a part of the range and did not list there, after all tries.</summary>
    public long KnownMissing { get; init; }

    /// <summary>The user's limit, when at least as many events match; null otherwise.</summary>
    public long? Limit { get; init; }

    /// <summary>Why there is no count; null when it is not known, or when there is one.</summary>
    public string? WhyNoCount { get; init; }

    /// <summary>What the answers said against the result, each in one sentence: warnings, contradictions. The result is then never Complete.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];
}
