using LogScalePaging.Records;

namespace LogScalePaging.Paging.Verdicts;

/// <summary>The facts for a verdict. A walk sets them from what it counted and received, never from its log.</summary>
public sealed record SearchFacts
{
    /// <summary>Events that the server counted before the walk; null without a count.</summary>
    public long? Before { get; init; }

    /// <summary>Events that the server counted after the walk; null without a count.</summary>
    public long? After { get; init; }

    /// <summary>Distinct events received.</summary>
    public long Received { get; init; }

    /// <summary>Observations about them.</summary>
    public RowNotes Notes { get; init; }

    /// <summary>Events that the server counted in a part of the range but did not list there in any try.</summary>
    public long KnownMissing { get; init; }

    /// <summary>The user's limit, if at least as many events match; null otherwise.</summary>
    public long? Limit { get; init; }

    /// <summary>The order of the records, which says which of them a limit keeps.</summary>
    public RecordOrder Order { get; init; }

    /// <summary>Why there is no count; null if it is not known, or if there is one.</summary>
    public string? WhyNoCount { get; init; }

    /// <summary>
    /// Doubts that answers raised about the result, one sentence each: warnings, contradictions. The result is then never Complete.
    /// </summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];
}
