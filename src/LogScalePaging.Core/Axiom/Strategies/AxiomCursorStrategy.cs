using System.Globalization;
using LogScalePaging.Axiom.Answers;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Axiom.Strategies;

/// <summary>
/// Pages by cursor. Only cursors of received rows are used: <c>minCursor</c> and <c>maxCursor</c> of an answer may be beyond its rows, and
/// using them would lose the rows between. Rows of one instant may have any order. So after a page that may be cut, the next page begins
/// before its last instant, and repeated rows are dropped by their id.
/// </summary>
/// <param name="walk">The walk.</param>
internal sealed class AxiomCursorStrategy(AxiomWalk walk) : IPageStrategy<AxiomQuery, AxiomAnswer, Record>
{
    private const string Cursor = "cursor";
    private const string Limit = "limit";

    /// <inheritdoc/>
    public string Name => "Cursor";

    /// <inheritdoc/>
    public PagePosition Start => PagePosition.Of((Limit, Text(walk.PageSize)));

    // The overlap of pages depends on the number of rows with the same time.
    /// <inheritdoc/>
    public IdentityMemory Memory => IdentityMemory.All;

    /// <inheritdoc/>
    public ItemIdentity IdentityOf(in Record item) => RecordIdentity.Of(in item);

    /// <exception cref="FormatException">The position is not one of this strategy.</exception>
    public static void EnsureReadable(PagePosition position) => LimitOf(position);

    /// <inheritdoc/>
    public AxiomQuery CreateRequest(PagePosition position) =>
        new(
            walk.Query.With($"extend {AxiomFields.RowId} = cursor_current()", walk.Sort, $"limit {Text(LimitOf(position))}"),
            walk.Range.Start,
            walk.Range.End)
        {
            Cursor = position[Cursor],
        };

    /// <inheritdoc/>
    public PageContent<Record> Read(PagePosition position, AxiomAnswer response)
    {
        var rows = response.Rows;
        if (rows.FirstOrDefault(r => !r.HasId || r.Timestamp is null) is { Utf8.IsEmpty: false })
        {
            throw new PagingException(PagingErrorKind.FieldsMissing, $"Some rows have no {AxiomFields.Time} or no {AxiomFields.RowId}. "
                + $"Pages are read by both fields. Keep {AxiomFields.Time} in the query, or use the paging Time.");
        }
        return AxiomContent.Of(response, rows, Next(position, rows, LimitOf(position)));
    }

    /// <inheritdoc/>
    public PageDecision Decide(PagePosition position, PageContent<Record> content, WalkState state)
    {
        var next = ((AxiomContent)content).Next;
        // A page with fewer rows than requested is not always the last one, because a server may return fewer rows.
        return next is PageDecision.End && state is { Fresh: > 0, Expected: not null, CountReached: false }
            ? new PageDecision.Continue(To(content.Items[content.Items.Count - 1], LimitOf(position)))
            : next;
    }

    private PageDecision Next(PagePosition position, IReadOnlyList<Record> rows, int limit)
    {
        if (!AxiomWalk.MayBeCut(rows.Count, limit))
            return new PageDecision.End(EndReason.LastPage, "the page has fewer rows than requested");
        var last = rows[rows.Count - 1];
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            // All rows of the instants before the last one were received.
            if (rows[i].Timestamp != last.Timestamp && rows[i].Id != position[Cursor])
                return new PageDecision.Continue(To(rows[i], walk.PageSize));
        }
        if (rows.Count >= limit && limit < AxiomQuery.MostRows)
        {
            var wider = walk.LimitAfter(rows.Count);
            return new PageDecision.Continue(PagePosition.Of((Cursor, position[Cursor]), (Limit, Text(wider))))
            {
                Signal = (SignalKind.PageWidened, FormattableString.Invariant(
                    $"the page is read again with {wider:N0} rows, because more than {rows.Count:N0} events have the same time")),
            };
        }
        // One instant has more rows than a query returns. Their order must be trusted, and the count shows whether that was right.
        return last.Id == position[Cursor]
            ? new PageDecision.End(EndReason.NothingNew, "the page ends with the same row as the page before")
            : new PageDecision.Continue(To(last, limit));
    }

    private static PagePosition To(in Record row, int limit) => PagePosition.Of((Cursor, row.Id), (Limit, Text(limit)));

    private static int LimitOf(PagePosition position) => position.Number(Limit) is >= 1 and <= AxiomQuery.MostRows and var limit
        ? (int)limit
        : throw new FormatException($"The position has an invalid limit: {position}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
