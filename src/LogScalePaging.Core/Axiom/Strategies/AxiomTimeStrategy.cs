using System.Globalization;
using LogScalePaging.Axiom.Answers;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Axiom.Strategies;

/// <summary>
/// Pages by time. If a page may be cut, the rows of its last instant are not passed on, because more rows of this instant may follow. The
/// next page begins with this instant and reads all of it. So rows need no identity, and rows that are equal in every byte are kept.
/// </summary>
/// <param name="walk">The walk.</param>
internal sealed class AxiomTimeStrategy(AxiomWalk walk) : IPageStrategy<AxiomQuery, AxiomAnswer, Record>
{
    private const string From = "from";
    private const string Held = "held";
    private const string Limit = "limit";
    private const string Reach = "reach";
    private const string Past = "past";

    // How far the range of a page goes beyond an instant, so that it includes the instant: 1 ns, and up to 1 s for a server with coarser
    // times.
    private const long LongestReach = 1_000_000_000;
    private const long ReachFactor = 1_000;

    // Rows need no identity. This value is never remembered.
    private static readonly ItemIdentity s_any = ItemIdentity.Of("any"u8, default);

    /// <inheritdoc/>
    public string Name => "Time";

    /// <inheritdoc/>
    public PagePosition Start => PagePosition.Of((Limit, Text(walk.PageSize)));

    /// <inheritdoc/>
    public IdentityMemory Memory => IdentityMemory.None;

    /// <inheritdoc/>
    public ItemIdentity IdentityOf(in Record item) => s_any;

    /// <exception cref="FormatException">The position is not one of this strategy.</exception>
    public static void EnsureReadable(PagePosition position) => Read(position);

    /// <inheritdoc/>
    public AxiomQuery CreateRequest(PagePosition position)
    {
        var at = Read(position);
        var (start, end) = walk.Range;
        if (at.From is { } from && walk.OldestFirst)
            start = Math.Max(start, at.IsPast ? from + 1 : from - (at.Reach - 1));
        else if (at.From is { } until)
            end = Math.Min(end, at.IsPast ? until : until + at.Reach);
        return new AxiomQuery(walk.Query.With(walk.Sort, $"limit {Text(at.Limit)}"), start, end);
    }

    /// <inheritdoc/>
    public PageContent<Record> Read(PagePosition position, AxiomAnswer response)
    {
        var at = Read(position);
        var rows = response.Rows;
        var isCounted = at.From is null && rows.Count < at.Limit && rows.Count == walk.Expected;
        var mayBeCut = !isCounted && AxiomWalk.MayBeCut(rows.Count, at.Limit);
        if (rows.FirstOrDefault(r => r.Timestamp is null) is { Utf8.IsEmpty: false })
            return WithoutTime(at, response, mayBeCut);
        rows = InOrder(rows);
        // A server may include the ends of a range, or round them to the millisecond. Rows before the position were passed on already.
        var mine = at.From is { } from ? [.. rows.Where(r => IsMine(r.Timestamp!.Value, from, at.IsPast))] : rows;
        var last = rows.Count > 0 ? rows[rows.Count - 1].Timestamp!.Value : 0;
        var isBeyond = !mayBeCut || at.From is not { } first || walk.IsBefore(first, last);
        if (isBeyond && Lacks(at, mine))
            return Wider(at, response);
        if (!mayBeCut)
            return AxiomContent.Of(response, mine, new PageDecision.End(EndReason.LastPage, "the page has fewer rows than requested"));
        if (at.From is { } same && !walk.IsBefore(same, last))
            return Crowded(at, same, response, rows.Count, mine);
        var held = CountAtEnd(rows, last);
        var whole = mine.Take(mine.Count - held).ToList();
        return AxiomContent.Of(response, whole, Continue(last, held, at.Limit));
    }

    /// <inheritdoc/>
    public PageDecision Decide(PagePosition position, PageContent<Record> content, WalkState state) => ((AxiomContent)content).Next;

    // The rows that were not passed on must be in this page. If they are not, the server's times are coarser than a nanosecond.
    private static bool Lacks(At at, IReadOnlyList<Record> mine) =>
        at is { From: { } from, IsPast: false, Reach: < LongestReach } && mine.Count(r => r.Timestamp == from) < at.Held;

    private static AxiomContent Wider(At at, AxiomAnswer answer)
    {
        var (from, wider) = (at.From!.Value, at.Reach * ReachFactor);
        return AxiomContent.Of(answer, [], new PageDecision.Continue(Position(from, at.Held, at.Limit, wider))
        {
            Signal = (SignalKind.PageWidened, $"{wider} ns are read again, because the instant {Iso(from)} has fewer rows than before"),
        });
    }

    // All rows of the page are in one instant, or before it.
    private AxiomContent Crowded(At at, long instant, AxiomAnswer answer, int rows, IReadOnlyList<Record> mine)
    {
        if (rows < at.Limit && at.IsPast)
            return AxiomContent.Of(answer, mine, new PageDecision.End(EndReason.LastPage, "the page has no new rows"));
        // The page has fewer rows than requested, and enough to be cut by a limit of the server. The instant is taken as complete, and the
        // count shows whether it is.
        if (rows < at.Limit)
        {
            return AxiomContent.Of(answer, mine, new PageDecision.Continue(PagePosition.Of(
                (From, Text(instant)), (Limit, Text(walk.PageSize)), (Past, "true"))));
        }
        if (at.Limit >= AxiomQuery.MostRows)
        {
            var most = AxiomQuery.MostRows.ToString("N0", CultureInfo.InvariantCulture);
            throw new PagingException(PagingErrorKind.RequestFailed, $"{most} or more events have the time {Iso(instant)}, but a query "
                + $"returns at most {most} rows, so not all of them can be read. Split the query into several queries with 'where' on "
                + "another field, or use a range without this time.");
        }
        var limit = walk.LimitAfter(rows);
        var again = Position(instant, Math.Max(at.Held, mine.Count), limit, at.Reach, at.IsPast);
        return AxiomContent.Of(answer, [], new PageDecision.Continue(again)
        {
            Signal = (SignalKind.PageWidened, FormattableString.Invariant(
                $"the page is read again with {limit:N0} rows, because more than {rows:N0} events have the time {Iso(instant)}")),
        });
    }

    private PageDecision.Continue Continue(long last, int held, int limit)
    {
        // Most rows of the page are in one instant, so the next page must have room for this instant and more.
        var next = 2 * held > walk.PageSize ? walk.LimitAfter(held) : walk.PageSize;
        return new PageDecision.Continue(Position(last, held, next, reach: 1))
        {
            Signal = next <= limit ? null : (SignalKind.PageWidened, FormattableString.Invariant(
                $"the next page has {next:N0} rows, because {held:N0} events have the time {Iso(last)}")),
        };
    }

    private static AxiomContent WithoutTime(At at, AxiomAnswer answer, bool mayBeCut) => at.From is null && !mayBeCut
        ? AxiomContent.Of(answer, answer.Rows, new PageDecision.End(EndReason.Whole, "all rows fit into one page"))
        : throw new PagingException(PagingErrorKind.FieldsMissing, $"Some rows have no {AxiomFields.Time}. Pages are read by this field. "
            + $"Keep {AxiomFields.Time} in the query.");

    private bool IsMine(long time, long from, bool isPast) => walk.IsBefore(from, time) || (time == from && !isPast);

    private IReadOnlyList<Record> InOrder(IReadOnlyList<Record> rows)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            if (walk.IsBefore(rows[i].Timestamp!.Value, rows[i - 1].Timestamp!.Value))
                return [.. walk.OldestFirst ? rows.OrderBy(r => r.Timestamp) : rows.OrderByDescending(r => r.Timestamp)];
        }
        return rows;
    }

    private static int CountAtEnd(IReadOnlyList<Record> rows, long time)
    {
        var count = 0;
        while (count < rows.Count && rows[rows.Count - 1 - count].Timestamp == time)
            count++;
        return count;
    }

    private static PagePosition Position(long from, long held, int limit, long reach, bool isPast = false) => PagePosition.Of(
        (From, Text(from)), (Held, Text(held)), (Limit, Text(limit)), (Reach, reach > 1 ? Text(reach) : null),
        (Past, isPast ? "true" : null));

    private static At Read(PagePosition position) => new(
        position[From] is null ? null : position.Number(From),
        position[Held] is null ? 0 : position.Number(Held),
        position.Number(Limit) is >= 1 and <= AxiomQuery.MostRows and var limit
            ? (int)limit
            : throw new FormatException($"The position has an invalid limit: {position}"),
        position[Reach] is null ? 1
            : position.Number(Reach) is >= 1 and <= LongestReach and var reach ? reach
            : throw new FormatException($"The position has an invalid reach: {position}"),
        position[Past] == "true");

    private static string Iso(long time) => RecordTime.Utc(time, TimeUnit.Nanoseconds)!;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private readonly record struct At(long? From, long Held, int Limit, long Reach, bool IsPast);
}
