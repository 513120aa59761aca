using System.Globalization;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.LogScale.Strategies;

/// <summary>
/// Walks a filter query past the result buffer, from the newest event to the oldest: each page requests the events before the oldest
/// known one. It is the published algorithm, made independent of facts about <c>around</c> that no source states: the order of the
/// answer, whether it repeats the anchor, whether the range still clips it, and the value of <c>hasMoreEvents</c>.
/// </summary>
/// <remarks>
/// Only the first job's <c>hasMoreEvents</c> is trusted. After it, the walk ends when a page has no new event, or when a short page
/// reaches the count. If a page has no new event although events are missing, a larger page is requested, and then a page before another
/// event of the same instant, before the walk ends. The count shows how many events are still missing then.
/// </remarks>
/// <param name="spec">The query with its range pinned.</param>
/// <param name="pageSize">Events per page, 1 or more. Published clients use 200.</param>
/// <param name="asSent">
/// True if the query writes the times. A complete first answer is then kept as it is sent, and nothing is walked.
/// </param>
/// <param name="resultIsShort">Text for the error if events lack the fields that a walk needs.</param>
internal sealed class AroundStrategy(
    QueryJobSpec spec, int pageSize, string resultIsShort = "more events than fit into one answer", bool asSent = false)
    : IPageStrategy<QueryJobSpec, QueryResult, Record>
{
    private const int LargestPage = 200_000;
    private const int PublishedPage = 200;
    private const string First = "first";
    private const string Page = "page";
    private const string Probe = "probe";

    /// <inheritdoc/>
    public string Name => nameof(SearchStrategy.Around);

    /// <inheritdoc/>
    public PagePosition Start { get; } = PagePosition.Of(("kind", First));

    /// <inheritdoc/>
    public QueryJobSpec CreateRequest(PagePosition position) => position["kind"] switch
    {
        First => spec,
        Probe => spec with { Around = new AroundAnchor(position["probeId"]!, position.Number("probeTimestamp"), 3) },
        Page => spec with { Around = new AroundAnchor(position["id"]!, position.Number("timestamp"), (int)position.Number("before")) },
        var kind => throw new FormatException($"Unknown kind of position '{kind}'."),
    };

    /// <inheritdoc/>
    public ItemIdentity IdentityOf(in Record item) => RecordIdentity.Of(in item);

    /// <inheritdoc/>
    public IdentityMemory Memory => IdentityMemory.All;

    /// <inheritdoc/>
    public PageContent<Record> Read(PagePosition position, QueryResult response)
    {
        var kind = position["kind"];
        if (kind == Probe)
            return new AroundContent([]) { Order = ProbedOrder(position, response.Events), TraceId = response.TraceId };
        if (kind == Page || response.Metadata.HasMoreEvents == true)
            EnsureWalkable(response.Events);
        var order = kind == First ? AnswerOrder.NewestFirst : AnswerOrders.Of(response.Events, position["id"]);
        if (order == AnswerOrder.Unknown)
            order = KnownOrder(position);
        if (order == AnswerOrder.Unknown && position["firstId"] is not null)
            return Content([], response, order, passedStart: false);
        if (order == AnswerOrder.Unknown)
            order = AnswerOrder.NewestFirst;
        var events = asSent ? response.Events : AnswerOrders.NewestFirst(response.Events, order);
        var inRange = kind == First ? events : InRange(position, events);
        return Content(inRange, response, order,
            passedStart: events.Count > 0 && kind == Page && events[events.Count - 1].Timestamp < spec.Start?.Milliseconds);
    }

    /// <inheritdoc/>
    public PageDecision Decide(PagePosition position, PageContent<Record> content, WalkState state)
    {
        var page = (AroundContent)content;
        switch (position["kind"])
        {
            case Probe:
                return new PageDecision.Continue(
                    Move(position, ("kind", Page), ("order", page.Order.ToString()), ("probeId", null), ("probeTimestamp", null)));
            case First when page.HasMore != true:
                return new PageDecision.End(EndReason.Whole, "the server says that the first answer is complete");
            case First:
                return new PageDecision.Continue(AfterFirst(page));
        }
        if (page.Order == AnswerOrder.Unknown && page.Answered > 0)
            return ProbeOrder(position);
        if (page.PassedStart)
            return new PageDecision.End(EndReason.RangeStart, "the walk reached events older than the range");
        if (state.Fresh == 0)
            return NothingNew(position, page, state);
        // A server may limit an answer below the requested size. Only a page with fewer than the published 200 events is certainly the
        // last.
        if (page.Answered < Math.Min(position.Number("before"), PublishedPage) && state.CountReached)
            return new PageDecision.End(EndReason.CountReached, "the last page was short and the count is reached");
        return new PageDecision.Continue(AnchoredAt(page, position));
    }

    /// <summary>Checks that a position from a file is one that this walk writes.</summary>
    /// <exception cref="FormatException">The position is not valid.</exception>
    public void EnsureReadable(PagePosition position)
    {
        if (CreateRequest(position).Around is { } around && (string.IsNullOrEmpty(around.EventId) || around.Before is < 1 or > LargestPage))
            throw new FormatException("The position of the walk cannot be read.");
    }

    private static AroundContent Content(IReadOnlyList<Record> items, QueryResult response, AnswerOrder order, bool passedStart) =>
        new(items)
        {
            Answered = response.Events.Count,
            PassedStart = passedStart,
            HasMore = response.Metadata.HasMoreEvents,
            Order = order,
            Warnings = response.Metadata.Warnings,
            TraceId = response.TraceId,
            RateLimit = response.RateLimit,
        };

    // The range may not clip an around answer, and events newer than the anchor were not requested.
    private List<Record> InRange(PagePosition position, IReadOnlyList<Record> events)
    {
        var newest = position.Number("timestamp");
        return [.. events.Where(e => e.Timestamp <= newest && !(e.Timestamp < spec.Start?.Milliseconds))];
    }

    private void EnsureWalkable(IReadOnlyList<Record> events)
    {
        foreach (var e in events)
        {
            if (e.HasId && e.Timestamp is not null)
                continue;
            var missing = e.HasId ? "@timestamp" : e.Timestamp is null ? "@id and @timestamp" : "@id";
            var are = e.HasId || e.Timestamp is not null ? "is" : "are";
            throw FieldsMissing(missing, are);
        }
    }

    private PagingException FieldsMissing(string missing, string are) => new(
        PagingErrorKind.FieldsMissing,
        $"The query matches {resultIsShort}. To read them page by page, its events need the fields @id and @timestamp, but {missing} "
            + $"{are} missing. Keep both fields in the query, for example '| select([@id, @timestamp, ...])', or remove the select and "
            + "choose the fields with -Property (--fields).");

    // The same anchor with a larger page; null if there is none, or if the page has its largest size.
    private static PagePosition? Wider(PagePosition position) =>
        position["id"] is not null && position.Number("before") is var before and < LargestPage
        ? Move(position, ("before", Text(Math.Min(LargestPage, before * 2))))
        : null;

    private PagePosition AfterFirst(AroundContent page)
    {
        // Two events in a known order show the order of around answers, if a page does not show it.
        var named = page.Items.Where(e => e.CanBeNamed).Take(3).ToList();
        var known = named.Count == 3
            ? new[] { ("firstId", named[0].Id), ("firstTimestamp", Text(named[0].Timestamp!.Value)), ("secondId", named[1].Id),
                ("thirdId", named[2].Id) }
            : [];
        return AnchoredAt(page, PagePosition.Of([("kind", Page), ("before", Text(pageSize)), .. known]));
    }

    private PagePosition AnchoredAt(AroundContent page, PagePosition position)
    {
        // The server would not recognise an id that could not be decoded. The events after such an anchor are sent again and dropped.
        var oldest = page.Items.LastOrDefault(e => e.CanBeNamed);
        if (!oldest.HasId || (oldest.Id == position["id"] && page.Items.Any(e => !e.CanBeNamed)))
            return Wider(position) ?? throw FieldsMissing("an @id that is valid Unicode", "is");
        var first = page.Items.First(e => e.Timestamp == oldest.Timestamp && e.CanBeNamed);
        var order = page.Order != AnswerOrder.Unknown && page.Answered > 1 && position["id"] is not null
            ? page.Order.ToString()
            : position["order"];
        return Move(
            position,
            ("kind", Page),
            ("id", oldest.Id),
            ("timestamp", Text(oldest.Timestamp!.Value)),
            ("order", order),
            // If the server orders one instant in another way than it lists it, the walk continues from the other end of the instant.
            ("otherId", first.Id == oldest.Id ? null : first.Id));
    }

    private static PageDecision.Continue ProbeOrder(PagePosition position) =>
        new(Move(position, ("kind", Probe), ("probeId", position["firstId"]), ("probeTimestamp", position["firstTimestamp"])));

    private static AnswerOrder ProbedOrder(PagePosition position, IReadOnlyList<Record> events)
    {
        // The anchor may be missing, and may count as an event. Any two of the three are enough.
        var places = new[] { "firstId", "secondId", "thirdId" }.Select(name => IndexOf(events, position[name])).Where(i => i >= 0).ToList();
        return places.Count > 1 && places[0] > places[1] ? AnswerOrder.OldestFirst : AnswerOrder.NewestFirst;
    }

    private static int IndexOf(IReadOnlyList<Record> events, string? id)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Id == id)
                return i;
        }
        return -1;
    }

    private static PageDecision NothingNew(PagePosition position, AroundContent page, WalkState state)
    {
        var before = position.Number("before");
        if (!state.CountReached)
        {
            // A full page of known events hides the events after it, because the anchor may take the only place.
            if (page.Answered >= before && before < LargestPage)
            {
                var wider = Math.Min(LargestPage, before * 2);
                return new PageDecision.Continue(Move(position, ("before", Text(wider))))
                {
                    Signal = (SignalKind.PageWidened, FormattableString.Invariant(
                        $"the next page asks for {wider} events, because the {before} events before the anchor are known")),
                };
            }
            if (state.Expected is not null && position["otherId"] is { } other)
                return new PageDecision.Continue(Move(position, ("id", other), ("otherId", null)));
        }
        return new PageDecision.End(EndReason.NothingNew, "the last page had no new event");
    }

    private static AnswerOrder KnownOrder(PagePosition position) =>
        Enum.TryParse<AnswerOrder>(position["order"], out var order) ? order : AnswerOrder.Unknown;

    private static PagePosition Move(PagePosition position, params (string Name, string? Value)[] changes) =>
        PagePosition.Of([.. position.Values.Select(v => (v.Key, (string?)v.Value)).Where(v => !changes.Any(c => c.Name == v.Key)),
            .. changes]);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
