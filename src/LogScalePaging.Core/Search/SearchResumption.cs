using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Search;

/// <summary>What an earlier run asked, counted and handed on, so that a search can go on with it.</summary>
/// <param name="Identity">What it asked, its range pinned.</param>
public sealed record SearchResumption(WalkIdentity Identity)
{
    /// <summary>How far it came with its plan; null when it had none.</summary>
    public SavedPlan? Plan { get; init; }

    /// <summary>What it counted; null when it did not.</summary>
    public long? Expected { get; init; }

    /// <summary>Epoch milliseconds from which an ingested event came after that count; null when that is not known.</summary>
    public long? LateFrom { get; init; }

    /// <summary>Events that it handed on.</summary>
    public long Received { get; init; }

    /// <summary>What was noticed about them.</summary>
    public RowNotes Notes { get; init; }

    /// <summary>Events that the server counted in windows and did not list there.</summary>
    public long Missing { get; init; }

    /// <summary>True when the query computes rows instead of returning events.</summary>
    public bool IsAggregate { get; init; }

    /// <summary>What speaks against the events that it handed on, each in part of a sentence.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Gives each event that it handed on to its argument, which knows what makes an event the same; null when there are none.</summary>
    public Action<Action<Record>>? Recall { get; init; }
}
