using LogScalePaging.Axiom.Answers;
using LogScalePaging.Axiom.Apl;

namespace LogScalePaging.Axiom.Strategies;

/// <summary>What a walk over an Axiom query needs to know.</summary>
/// <param name="Query">The query.</param>
/// <param name="Range">Its range.</param>
/// <param name="PageSize">Rows a page.</param>
internal sealed record AxiomWalk(AplQuery Query, AxiomRange Range, int PageSize)
{
    /// <summary>True for the oldest event first.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Rows in the range, where they were counted apart: a first page of as many is the whole. Null where they were not.</summary>
    public long? Expected { get; init; }

    /// <summary>
    /// Answers of at least so many rows are never taken for the last page because they are shorter than was asked for: a server may return
    /// fewer rows than that, and 1,000 is the smallest limit that Axiom documents.
    /// </summary>
    public const int SmallestServerLimit = 1_000;

    /// <summary>The order as a stage of APL.</summary>
    public string Sort => $"sort by {AxiomFields.Time} {(OldestFirst ? "asc" : "desc")}";

    /// <summary>Rows to ask for after a page whose last instant had so many rows: more than that instant has had so far.</summary>
    public int LimitAfter(int held) => (int)Math.Min(AxiomQuery.MostRows, Math.Max(PageSize, 4L * held));

    /// <summary>True when an answer can be shorter than what matches.</summary>
    public static bool MayBeCut(int rows, int limit) => rows >= limit || rows >= SmallestServerLimit;

    /// <summary>True when the first time comes before the second one in this walk.</summary>
    public bool IsBefore(long first, long second) => OldestFirst ? first < second : first > second;
}
