using LogScalePaging.Axiom.Answers;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Axiom.Strategies;

/// <summary>
/// Reads a result in one answer, for a query whose rows depend on more than one event, so that it cannot be read in pages.
/// </summary>
/// <param name="walk">The walk.</param>
internal sealed class AxiomWholeStrategy(AxiomWalk walk) : IPageStrategy<AxiomQuery, AxiomAnswer, Record>
{
    private static readonly ItemIdentity s_any = ItemIdentity.Of("any"u8, default);

    /// <inheritdoc/>
    public string Name => "Whole";

    /// <inheritdoc/>
    public PagePosition Start => PagePosition.Of(("page", "1"));

    /// <inheritdoc/>
    public IdentityMemory Memory => IdentityMemory.None;

    /// <inheritdoc/>
    public ItemIdentity IdentityOf(in Record item) => s_any;

    /// <exception cref="FormatException">The position is not one of this strategy.</exception>
    public static void EnsureReadable(PagePosition position) => position.Number("page");

    /// <inheritdoc/>
    public AxiomQuery CreateRequest(PagePosition position) =>
        new(walk.Query.With(FormattableString.Invariant($"limit {AxiomQuery.MostRows}")), walk.Range.Start, walk.Range.End);

    /// <inheritdoc/>
    public PageContent<Record> Read(PagePosition position, AxiomAnswer response)
    {
        if (response.Rows.Count >= AxiomQuery.MostRows)
        {
            var most = AxiomQuery.MostRows.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
            throw new PagingException(PagingErrorKind.RequestFailed, $"The result may have more than {most} rows, but a query returns at "
                + $"most {most}. The result cannot be read in pages, because {walk.Query.WhyWhole}. Use a shorter range, or a query that "
                + "returns fewer rows.");
        }
        return AxiomContent.Of(response, response.Rows, new PageDecision.End(EndReason.Whole, "the whole result is in one answer"));
    }

    /// <inheritdoc/>
    public PageDecision Decide(PagePosition position, PageContent<Record> content, WalkState state) => ((AxiomContent)content).Next;
}
