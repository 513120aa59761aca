using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Falcon.Rest.Strategies;

/// <summary>
/// The strategy for all families. A walk ends only if there is no token and the number of distinct ids reaches the total. Otherwise the
/// total is read again, or the walk starts again and known records are dropped.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="countsMore">
/// True if the count of the search has records that this request cannot list. Only the total in the answers to this request then decides,
/// and it is read once more before the end.
/// </param>
internal sealed class FalconStrategy(FalconRequest request, bool countsMore = false) : IPageStrategy<FalconPageRequest, FalconPage, Record>
{
    private const int MostChecks = 3;

    private readonly FalconFamily _family = request.Family;

    /// <inheritdoc/>
    public string Name => "Pages";

    /// <inheritdoc/>
    public PagePosition Start { get; } = new FalconPosition().ToPagePosition();

    // If a token expires or is missing, the walk starts again, and all records are repeated.
    /// <inheritdoc/>
    public IdentityMemory Memory => IdentityMemory.All;

    // Hosts and alerts change while they are read, so records are compared by id alone. Without an id, their bytes are compared.
    /// <inheritdoc/>
    public ItemIdentity IdentityOf(in Record item) => Identity(in item);

    /// <summary>The identity of a record in every walk.</summary>
    public static ItemIdentity Identity(in Record item) =>
        item.HasId ? ItemIdentity.Of(item.RawId.Span, item.RawId.Span) : ItemIdentity.Of(item.Utf8.Span, item.Utf8.Span);

    /// <summary>Checks a position that was read from a file.</summary>
    /// <exception cref="FormatException">The strategy cannot have written it.</exception>
    public void EnsureReadable(PagePosition position)
    {
        if (FalconPosition.Of(position).Via is { } via && via != _family.TokenFamily)
            throw new FormatException($"The position is not one of {request.Path}: {position}");
    }

    /// <summary>The request for the total only.</summary>
    public FalconPageRequest CountRequest(FalconPosition? at = null)
    {
        var family = FamilyAt(at ?? new FalconPosition());
        return new FalconPageRequest(family, at?.Via ?? request.Endpoint, 1)
        {
            Filter = request.Query,
            Sort = SortFor(family),
            IsCount = true,
        };
    }

    /// <inheritdoc/>
    public FalconPageRequest CreateRequest(PagePosition position)
    {
        var at = FalconPosition.Of(position);
        if (at.Check is not null)
            return CountRequest(at);
        var family = FamilyAt(at);
        var page = new FalconPageRequest(family, at.Via ?? request.Endpoint, Limit(family, at))
        {
            By = ContinuationAt(at),
            Token = at.Token,
            Offset = First(at) is > 0 and var first ? first : null,
            Filter = request.Query,
            Sort = SortFor(family),
        };
        if (at.Key is not { } value || FalconSort.KeyOf(family, request.SortBy) is not { } key)
            return page;
        page = page with { Sort = key.For(family) };
        return value.Length == 0 ? page : page with { Filter = key.From(value, request.Query), IsPart = true };
    }

    /// <inheritdoc/>
    public PageContent<Record> Read(PagePosition position, FalconPage response) => response;

    /// <inheritdoc/>
    public PageDecision Decide(PagePosition position, PageContent<Record> content, WalkState state)
    {
        var (at, page) = (FalconPosition.Of(position), (FalconPage)content);
        if (page.Expired is { } why)
            return Again(at, state, SignalKind.ContinuationExpired, $"the page token expired ({why})");
        if (at.Check is not null)
            return AfterCheck(at, page, state);
        var by = ContinuationAt(at) ?? Continuation.All.FirstOrDefault(shape => page.Tokens.ContainsKey(shape.Name));
        if (by is null)
        {
            return page.IsUnpaged
                ? new PageDecision.End(EndReason.Whole, "the answer has no pagination")
                : Gone(at, page, state, "the answer has no token");
        }
        at = at with { By = _family.Continuation is null && at.Via is null ? by.Name : null };
        if (at.Key is not null)
            return ByKey(at, page, state);
        return by.IsOffset ? ByOffset(at, page, state) : ByToken(at, page, state, by);
    }

    private PageDecision ByToken(FalconPosition at, FalconPage page, WalkState state, Continuation by)
    {
        if (!page.Tokens.TryGetValue(by.Name, out var token))
            return Gone(at, page, state, "the answer has no page token");
        if (token == at.Token)
            throw new PagingException(PagingErrorKind.PositionRepeated,
                $"The server sent the same page token twice in a row, so the rest of {request.Path} cannot be read.");
        // A page may be sparse or empty. Only the token says whether there is more.
        return Go(at with { Token = token, At = null });
    }

    private PageDecision ByOffset(FalconPosition at, FalconPage page, WalkState state)
    {
        var family = FamilyAt(at);
        var (first, limit, rows) = (First(at), Limit(family, at), page.Items.Count);
        if (at.Last is { } known && rows > 0 && !page.Items.Any(item => item.Id == known))
        {
            // Records were removed, so later records moved to pages that were read already.
            return first > 0
                ? Go(at with { At = Math.Max(0, first - limit + 1) })
                : Again(at, state, SignalKind.AnswerReread, "records were removed, so later records moved to earlier positions");
        }
        // The offset is counted here, because the offset in an answer is the next one in some endpoints and the current one in others.
        // After an empty page, whose records may have been removed, the walk continues.
        var next = first + (rows > 0 ? rows : limit);
        if (LeaveWindow(at, family, page, next) is { } left)
            return left;
        // A sparse page may have only the known record.
        var to = at with { At = next, Last = rows == 0 ? at.Last : next > (at.At ?? 0) ? page.Items[rows - 1].Id : null };
        var isEnd = page.Stated is { } total ? next >= total : rows < limit;
        if (!isEnd)
            return Go(to);
        // After a full page, only this total says that there are no more records.
        return page.Stated is not null && rows >= limit && state.Expected is null
            ? Go(to with { Check = 1 })
            : Gone(to, page, state, "the position reached the total");
    }

    // Each page begins at the last value of the key, and known records are dropped.
    private PageDecision ByKey(FalconPosition at, FalconPage page, WalkState state)
    {
        var family = FamilyAt(at);
        var given = at.At ?? 0;
        if (page.Items.Count == 0 || (page.Stated is { } total ? given + page.Items.Count >= total : page.Items.Count < Limit(family, at)))
            return Gone(at, page, state, "the last value of the key is read");
        var key = FalconSort.KeyOf(family, request.SortBy)!.Field;
        var last = RecordField.Text(page.Items[page.Items.Count - 1].Utf8.Span, key)
            ?? throw new PagingException(PagingErrorKind.FieldsMissing,
                $"A record of {request.Path} has no '{key}', which is needed to continue past the window.");
        if (last != at.Key)
            return Go(at with { Key = last, At = null });
        var next = given + page.Items.Count;
        return next < family.Window
            ? Go(at with { At = next })
            : new PageDecision.End(EndReason.BufferEnd,
                FormattableString.Invariant($"more than {family.Window:N0} records have the same value of {key}"));
    }

    private PageDecision? LeaveWindow(FalconPosition at, FalconFamily family, FalconPage page, long next)
    {
        if (family.Window is not { } window || (next < window && !(page.Stated > window)) || request.MaxEvents <= window)
            return null;
        if (page.Stated <= next)
            return null;
        var size = (page.Stated is { } total ? FormattableString.Invariant($"{total:N0} records match, and ") : "")
            + FormattableString.Invariant($"{request.Path} returns at most {window:N0} by offset");
        if (family.TokenFamily is { } path)
            return Go(new FalconPosition { Via = path, Pass = at.Pass }) with
            {
                Signal = (SignalKind.StrategyChosen,
                $"{size}. The walk continues with {path}")
            };
        if (FalconSort.KeyOf(family, request.SortBy) is { } key)
            return Go(new FalconPosition { Key = "", By = at.By, Pass = at.Pass }) with
            {
                Signal = (SignalKind.StrategyChosen,
                $"{size}. The walk continues by the values of {key.Field}")
            };
        return next < window
            ? null
            : new PageDecision.End(EndReason.BufferEnd, $"{size}. Use a narrower filter");
    }

    // There is no token. This is the end only if the number of distinct ids agrees.
    private PageDecision Gone(FalconPosition at, FalconPage page, WalkState state, string why)
    {
        var stated = new[] { page.Total, page.LastTotal, countsMore ? null : state.Expected }.Max();
        if (stated is null)
            return new PageDecision.End(EndReason.LastPage, $"{why}, and no total is stated");
        if (state.Received >= stated && !countsMore)
            return new PageDecision.End(EndReason.LastPage,
                FormattableString.Invariant($"{why}, and {state.Received:N0} distinct records reach the total"));
        if (at.Base == state.Received)
            return new PageDecision.End(EndReason.NothingNew,
                FormattableString.Invariant($"{why}, and reading all pages again gave no new records"));
        // The total is read again, because it may be wrong on one page, and records may have been removed.
        return Go(at with { Check = 1, Token = null });
    }

    private PageDecision AfterCheck(FalconPosition at, FalconPage page, WalkState state)
    {
        if (page.Stated is not { } total)
            return new PageDecision.End(EndReason.LastPage, "the server no longer states a total");
        if (total == 0 && state.Received > 0 && at.Check < MostChecks)
            return Go(at with { Check = at.Check + 1 });
        if (state.Received >= total)
            return new PageDecision.End(EndReason.LastPage,
                FormattableString.Invariant($"{state.Received:N0} distinct records reach the total, which is {total:N0} now"));
        if (IsOffset(at) && at.At < total)
            return Go(at with { Check = null });
        var missing = FormattableString.Invariant($"{total - state.Received:N0} of {total:N0} records");
        return IsOffset(at) || at.Key is not null
            ? Again(at, state, SignalKind.AnswerReread, $"the last page is read and {missing} are missing")
            : Again(at, state, SignalKind.ContinuationMissing, $"the page token is missing and {missing} have not been received");
    }

    private PageDecision.Restart Again(FalconPosition at, WalkState state, SignalKind kind, string why)
    {
        var (family, limit) = (FamilyAt(at), Limit(FamilyAt(at), at));
        // Records may have been removed, and others moved. So the last page is read again too.
        var good = state.Received - limit;
        var fromOffset = family.TakesOffset && at.Pass == 0 && good > 0 && good + limit <= family.Window;
        var next = new FalconPosition { Via = at.Via, By = at.By, Key = at.Key is null ? null : "", Pass = at.Pass + 1 };
        next = fromOffset ? next with { At = good } : next with { Base = state.Received };
        return new PageDecision.Restart(next.ToPagePosition(), kind,
            $"{why}. The walk {(fromOffset ? FormattableString.Invariant($"continues from record {good:N0}") : "starts again")}, and "
            + "known records are dropped");
    }

    private static PageDecision.Continue Go(FalconPosition next) => new(next.ToPagePosition());

    private bool IsOffset(FalconPosition at) => at.Key is null && ContinuationAt(at) is { IsOffset: true };

    private FalconFamily FamilyAt(FalconPosition at) => at.Via is { } path ? FalconFamilies.Of(path) : _family;

    private Continuation? ContinuationAt(FalconPosition at) => FamilyAt(at).Continuation ?? Continuation.Find(at.By);

    private string? SortFor(FalconFamily family) => request.SortBy is { } sort
        ? family == _family ? sort : FalconSort.Parse(sort).For(family)
        : family.Sort;

    // The first record of a page is known already.
    private static long First(FalconPosition at) => at is { At: > 0 and var given, Last: not null } ? given - 1 : at.At ?? 0;

    private int Limit(FalconFamily family, FalconPosition at)
    {
        long limit = request.PageSize ?? family.UsualPage;
        if (request.MaxEvents is { } most)
            limit = Math.Min(limit, most);
        limit = Math.Min(First(at) < (at.At ?? 0) ? limit + 1 : limit, family.MaxPage);
        // The sum of offset and page size must not exceed the window.
        if (family.Window is { } window && at.Token is null && First(at) is > 0 and var given && given < window)
            limit = Math.Min(limit, window - given);
        return (int)Math.Max(1, limit);
    }
}
