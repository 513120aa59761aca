using System.Globalization;
using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale.Strategies;

/// <summary>
/// Reads the enlarged result buffer of one window in slices, newest event first, for any order of the server. Events that an inclusive
/// end lets in belong to the next window. An event in two slices means that the order changed between them and that another event is
/// missing: the walk ends with <see cref="PagingErrorKind.ItemsRepeated"/>.
/// </summary>
/// <param name="window">The window.</param>
/// <param name="total">Rows in the buffer.</param>
/// <param name="slice">Rows per slice.</param>
/// <param name="oldestFirst">The server's order.</param>
/// <param name="asSent">True if the query writes the times. They then say nothing about the order or the window of a row.</param>
/// <param name="mustFollow">
/// True if a slice in the other order ends the walk, because its slices would be joined in the wrong order.
/// </param>
/// <param name="inOrder">
/// True when the slices together come newest first, so that only rows of one instant are compared. A slice that does not follow the one
/// before it ends the walk with <see cref="OutOfOrderException"/>. False to remember all rows.
/// </param>
internal sealed class WindowStrategy(
    TimeWindow window, long total, int slice, bool oldestFirst, bool mustFollow = false, bool asSent = false, bool inOrder = false)
    : IPageStrategy<PollOptions, QueryResult, Record>, IItemMemorySource<Record>
{
    public string Name => "Window";

    public PagePosition Start { get; } = At(oldestFirst ? Math.Max(0, total - slice) : 0, Math.Min(slice, total));

    public PollOptions CreateRequest(PagePosition position) =>
        new() { Offset = (int)position.Number("offset"), Limit = (int)Math.Max(1, position.Number("limit")) };

    [MethodImpl(HotPath.Method)]
    public PageContent<Record> Read(PagePosition position, QueryResult response)
    {
        var events = response.Events;
        if (asSent)
            return Content(oldestFirst ? [.. events.Reverse()] : events, response);
        var foreign = 0;
        for (var i = 0; i < events.Count && !window.IsWhole; i++)
        {
            if (events[i].Timestamp is not { } timestamp)
                throw new PagingException(PagingErrorKind.FieldsMissing, "An event has no @timestamp, so the range cannot be cut into "
                    + "windows. Keep @timestamp in the query, or use the strategy Around.");
            if (!window.Owns(timestamp))
                foreign++;
        }
        var owned = foreign == 0 ? events : [.. events.Where(e => window.Owns(e.Timestamp!.Value))];
        var order = oldestFirst ? AnswerOrder.OldestFirst : AnswerOrder.NewestFirst;
        if (mustFollow && events.Count > 1 && AnswerOrders.Of(events, null) is var found && found != AnswerOrder.Unknown && found != order)
            throw new PagingException(PagingErrorKind.RequestFailed, "the server changed the order of the "
                + "events", new OtherOrderException());
        return Content(AnswerOrders.NewestFirst(owned, order), response);
    }

    public PageDecision Decide(PagePosition position, PageContent<Record> content, WalkState state)
    {
        var offset = position.Number("offset");
        var limit = position.Number("limit");
        var rows = ((WindowContent)content).Rows;
        if (state.Repeated > 0 && total > slice)
        {
            throw new PagingException(
                PagingErrorKind.ItemsRepeated,
                FormattableString.Invariant($"the server repeated {state.Repeated} events in a result of {total}"),
                new SlicesDisagreeException(total));
        }

        // Fewer rows than the buffer has would be a silent gap.
        if (rows != limit)
        {
            throw new PagingException(
                PagingErrorKind.ItemsRepeated,
                FormattableString.Invariant($"the server sent {rows} rows instead of {limit} (from row {offset} of {total})"),
                new SlicesDisagreeException(total));
        }
        if (oldestFirst ? offset == 0 : offset + limit >= total)
            return new PageDecision.End(EndReason.Whole, "the whole window was read");
        return new PageDecision.Continue(oldestFirst
            ? At(Math.Max(0, offset - slice), Math.Min(slice, offset))
            : At(offset + limit, Math.Min(slice, total - offset - limit)));
    }

    public IdentityMemory Memory => IdentityMemory.All;

    public IItemMemory<Record>? NewMemory() => inOrder ? new InstantMemory() : null;

    public ItemIdentity IdentityOf(in Record item) => RecordIdentity.Of(in item);

    private static WindowContent Content(IReadOnlyList<Record> items, QueryResult response) => new(items, response.Events.Count)
    {
        Warnings = response.Metadata.Warnings,
        TraceId = response.TraceId,
        RateLimit = response.RateLimit,
    };

    private static PagePosition At(long offset, long limit) =>
        PagePosition.Of(("offset", offset.ToString(CultureInfo.InvariantCulture)), ("limit", limit.ToString(CultureInfo.InvariantCulture)));

    private sealed class WindowContent(IReadOnlyList<Record> items, int rows) : PageContent<Record>(items)
    {
        public int Rows { get; } = rows;
    }
}

/// <summary>The server lists the events of a window in another order than expected.</summary>
internal sealed class OtherOrderException : Exception;

/// <summary>Slices of one result repeat an event, or their number of rows differs from the result's.</summary>
/// <param name="total">Rows of the result.</param>
internal sealed class SlicesDisagreeException(long total) : Exception
{
    /// <summary>Rows of the result.</summary>
    public long Total { get; } = total;
}
