using System.Globalization;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.LogScale.Strategies;

/// <summary>
/// Reads the result buffer of one finished job by offset. It never reads past the buffer, and reports if more events match.
/// </summary>
/// <param name="pageSize">Rows per page, 1 or more.</param>
/// <param name="offset">Rows to skip, 0 or more.</param>
/// <param name="sort">Sort order for all pages.</param>
internal sealed class BufferStrategy(int pageSize, int offset = 0,
    PollOptions? sort = null) : IPageStrategy<PollOptions, QueryResult, Record>
{
    /// <inheritdoc/>
    public string Name => "Buffer";

    /// <inheritdoc/>
    public PagePosition Start { get; } = At(offset);

    /// <inheritdoc/>
    public PollOptions CreateRequest(PagePosition position) =>
        (sort ?? new PollOptions()) with { Limit = pageSize, Offset = (int)position.Number("offset") };

    /// <inheritdoc/>
    public PageContent<Record> Read(PagePosition position, QueryResult response) => new BufferContent(response.Events)
    {
        HasMore = response.Metadata.HasMoreEvents == true,
        Total = response.Metadata.EventCount,
        Warnings = response.Metadata.Warnings,
        TraceId = response.TraceId,
        RateLimit = response.RateLimit,
    };

    /// <inheritdoc/>
    public PageDecision Decide(PagePosition position, PageContent<Record> content, WalkState state)
    {
        var next = position.Number("offset") + content.Items.Count;
        // eventCount is the size of the buffer. Without it, only an empty slice is the end.
        if (content.Items.Count > 0 && (content.Total is null || next < content.Total))
            return new PageDecision.Continue(At(next));
        return ((BufferContent)content).HasMore
            ? new PageDecision.End(EndReason.BufferEnd, "the result buffer ends here, but more events match")
            : new PageDecision.End(EndReason.Whole, "the whole result buffer was read");
    }

    /// <summary>Rows of a buffer are identified by their offset: two equal rows of an aggregate are two rows.</summary>
    public ItemIdentity IdentityOf(in Record item) => ItemIdentity.None;

    /// <inheritdoc/>
    public IdentityMemory Memory => IdentityMemory.None;

    private static PagePosition At(long offset) => PagePosition.Of(("offset", offset.ToString(CultureInfo.InvariantCulture)));

    private sealed class BufferContent(IReadOnlyList<Record> items) : PageContent<Record>(items)
    {
        public bool HasMore { get; init; }
    }
}
