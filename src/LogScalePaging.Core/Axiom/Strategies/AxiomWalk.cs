using LogScalePaging.Axiom.Answers;
using LogScalePaging.Axiom.Apl;

namespace LogScalePaging.Axiom.Strategies;

/// <summary>The facts that a walk over an Axiom query needs.</summary>
/// <param name="Query">The query.</param>
/// <param name="Range">Its range.</param>
/// <param name="PageSize">Rows per page.</param>
internal sealed record AxiomWalk(AplQuery Query, AxiomRange Range, int PageSize)
{
    /// <summary>True to read the oldest event first.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>
    /// Number of rows in the range, if they were counted separately. A first page with this number of rows is the whole result. Null
    /// without a count.
    /// </summary>
    public long? Expected { get; init; }

    /// <summary>
    /// An answer of at least this number of rows is never taken for the last page only because it has fewer rows than requested. A server
    /// may have a smaller limit, and 1,000 is the smallest one that Axiom documents.
    /// </summary>
    public const int SmallestServerLimit = 1_000;

    /// <summary>The order as a stage of APL.</summary>
    public string Sort => $"sort by {AxiomFields.Time} {(OldestFirst ? "asc" : "desc")}";

    /// <summary>Rows to request after a page whose last instant had this number of rows. It is larger than that number.</summary>
    public int LimitAfter(int held) => (int)Math.Min(AxiomQuery.MostRows, Math.Max(PageSize, 4L * held));

    /// <summary>True if an answer can have fewer rows than match.</summary>
    public static bool MayBeCut(int rows, int limit) => rows >= limit || rows >= SmallestServerLimit;

    /// <summary>True if this walk reads the first time before the second one.</summary>
    public bool IsBefore(long first, long second) => OldestFirst ? first < second : first > second;
}
