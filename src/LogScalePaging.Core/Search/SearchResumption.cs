using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.Search;

/// <summary>The request, the count and the results of an earlier run, so that a search can continue it.</summary>
/// <param name="Identity">The query, server and pinned range.</param>
public sealed record SearchResumption(WalkIdentity Identity)
{
    /// <summary>The progress of its plan; null if it had no plan.</summary>
    public SavedPlan? Plan { get; init; }

    /// <summary>Records that it counted; null without a count.</summary>
    public long? Expected { get; init; }

    /// <summary>Epoch milliseconds from which an ingested record arrived after that count; null if it is not known.</summary>
    public long? LateFrom { get; init; }

    /// <summary>Records that it passed on.</summary>
    public long Received { get; init; }

    /// <summary>Observations about them.</summary>
    public RowNotes Notes { get; init; }

    /// <summary>Records that the server counted in windows but did not list there.</summary>
    public long Missing { get; init; }

    /// <summary>True if the query makes its own rows.</summary>
    public bool IsAggregate { get; init; }

    /// <summary>Doubts about its results, each as a part of a sentence.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Calls its argument with each record that was passed on, so that a new walk knows them; null if there are none.</summary>
    public Action<Action<Record>>? Recall { get; init; }
}
