using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Tanium.Answers;
using LogScalePaging.Tanium.Graph;

namespace LogScalePaging.Tanium;

/// <summary>
/// Pages by the cursor of the answer. A walk ends only when the server says that no page follows and the distinct ids reach the total.
/// Where a cursor is lost it begins again, and known ids are dropped.
/// </summary>
/// <param name="name">Name of the collection, for messages.</param>
/// <param name="pageSize">Records on a page at most.</param>
/// <param name="backward">True to read from the end.</param>
/// <param name="refresh">True to refresh the collection first.</param>
internal sealed class TaniumStrategy(string name, int pageSize, bool backward, bool refresh) : IPageStrategy<GraphPage, TaniumPage, Record>
{
    private const int MostChecks = 3;

    /// <inheritdoc/>
    public string Name => "Relay";

    /// <inheritdoc/>
    public PagePosition Start { get; } = new TaniumPosition { Refresh = refresh ? "" : null }.ToPagePosition();

    // A lost cursor sends the walk back to the start, where every record comes again.
    /// <inheritdoc/>
    public IdentityMemory Memory => IdentityMemory.All;

    // Endpoints change while they are read: the id alone is the record.
    /// <inheritdoc/>
    public ItemIdentity IdentityOf(in Record item) => ItemIdentity.Of(item.RawId.Span, item.RawId.Span);

    /// <summary>The request for the total alone.</summary>
    public GraphPage Count { get; } = new(1, backward) { IsCount = true };

    /// <summary>Checks a position that was read from a file.</summary>
    /// <exception cref="FormatException">The strategy does not write it.</exception>
    public static void EnsureReadable(PagePosition position) => TaniumPosition.Of(position);

    /// <inheritdoc/>
    public GraphPage CreateRequest(PagePosition position) => TaniumPosition.Of(position) switch
    {
        { Check: not null } => Count,
        { Refresh: "" } => new GraphPage(1, backward) { IsProbe = true },
        var at => new GraphPage(pageSize, backward) { Cursor = at.Cursor, Refresh = at.Refresh },
    };

    /// <inheritdoc/>
    public PageContent<Record> Read(PagePosition position, TaniumPage response) => response;

    /// <inheritdoc/>
    public PageDecision Decide(PagePosition position, PageContent<Record> content, WalkState state)
    {
        var (at, page) = (TaniumPosition.Of(position), (TaniumPage)content);
        if (page.Expired is { } why)
            return Again(at, state, SignalKind.ContinuationExpired, $"the cursor is not valid any more ({why})");
        if (at.Check is not null)
            return AfterCheck(at, page, state);
        if (at.Refresh is "")
            return Refreshed(at, page);
        if (!page.HasMore)
            return AtEnd(at, page, state);
        if (string.IsNullOrEmpty(page.Next))
            return Lost(at, page, state, "more records follow, but the answer has no cursor for them");
        if (page.Next == at.Cursor)
            return Lost(at, page, state, "the server sent the same cursor twice in a row");
        // A page may be sparse or empty: the answer alone says that there is more.
        return Go(at with { Cursor = page.Next, Refresh = null });
    }

    private PageDecision.Continue Refreshed(TaniumPosition at, TaniumPage page) => string.IsNullOrEmpty(page.RefreshCursor)
        ? throw new PagingException(PagingErrorKind.FieldsMissing,
            $"{name} cannot be refreshed, because its answers have no collectionInfo.startCursor. Read it without a refresh.")
        : Go(at with { Refresh = page.RefreshCursor });

    private static PageDecision AtEnd(TaniumPosition at, TaniumPage page, WalkState state)
    {
        const string Why = "the server says that no page follows";
        var stated = Stated(page, state);
        if (stated is null)
            return new PageDecision.End(EndReason.LastPage, $"{Why}, and no total is stated");
        // Records that vanish let others move up into pages that were read. A second pass finds those.
        if (page.Unsettled is { } moved && at.Pass == 0)
            return Again(at, state, SignalKind.TotalChanged, $"{moved}, so records may have moved between pages");
        if (state.Received >= stated)
            return new PageDecision.End(EndReason.LastPage,
                FormattableString.Invariant($"{Why}, and {state.Received:N0} distinct records reach the total"));
        if (at.Base == state.Received)
            return new PageDecision.End(EndReason.NothingNew, $"{Why}, and reading all pages again brought nothing new");
        // The total may be wrong in one answer, and records may have gone since: it is read again.
        return Go(at with { Check = 1, Cursor = null, Refresh = null });
    }

    private static PageDecision AfterCheck(TaniumPosition at, TaniumPage page, WalkState state)
    {
        if (page.Total is not { } total)
            return new PageDecision.End(EndReason.LastPage, "no total is stated any more");
        if (total == 0 && state.Received > 0 && at.Check < MostChecks)
            return Go(at with { Check = at.Check + 1 });
        return state.Received >= total
            ? new PageDecision.End(EndReason.LastPage,
                FormattableString.Invariant($"{state.Received:N0} distinct records reach the total, which is {total:N0} now"))
            : Again(at, state, SignalKind.AnswerReread,
                FormattableString.Invariant($"the last page is read and {total - state.Received:N0} of {total:N0} records are missing"));
    }

    private PageDecision Lost(TaniumPosition at, TaniumPage page, WalkState state, string why)
    {
        if (at.Base != state.Received)
            return Again(at, state, SignalKind.ContinuationMissing, why);
        return state.Received >= Stated(page, state)
            ? new PageDecision.End(EndReason.CountReached, $"{why}, but the distinct records reach the total")
            : throw new PagingException(PagingErrorKind.PositionRepeated,
                $"{name} cannot be read to its end: {why}, and reading all pages again brought nothing new.");
    }

    private static long? Stated(TaniumPage page, WalkState state) => new[] { page.Total, page.LastTotal, state.Expected }.Max();

    private static PageDecision.Restart Again(TaniumPosition at, WalkState state, SignalKind kind, string why) => new(
        // If the refresh failed, it is tried again.
        new TaniumPosition { Pass = at.Pass + 1, Base = state.Received, Refresh = at.Refresh is null ? null : "" }.ToPagePosition(),
        kind,
        $"{why}: the walk begins again, and known records are dropped");

    private static PageDecision.Continue Go(TaniumPosition next) => new(next.ToPagePosition());
}
