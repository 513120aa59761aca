using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.LogScale.Strategies;

/// <summary>A walk of a single page: the rows of an answer that the server calls complete.</summary>
internal sealed class WholeAnswerStrategy : IPageStrategy<PollOptions, QueryResult, Record>
{
    /// <inheritdoc/>
    public string Name => "WholeAnswer";

    /// <inheritdoc/>
    public PagePosition Start { get; } = PagePosition.Of();

    /// <inheritdoc/>
    public IdentityMemory Memory => IdentityMemory.All;

    /// <inheritdoc/>
    public PollOptions CreateRequest(PagePosition position) => new();

    /// <inheritdoc/>
    public PageContent<Record> Read(PagePosition position, QueryResult response) => new(response.Events)
    {
        Warnings = response.Metadata.Warnings,
        TraceId = response.TraceId,
        RateLimit = response.RateLimit,
    };

    /// <inheritdoc/>
    public PageDecision Decide(PagePosition position, PageContent<Record> content, WalkState state) =>
        new PageDecision.End(EndReason.Whole, "the server says that the first answer is whole");

    /// <inheritdoc/>
    public ItemIdentity IdentityOf(in Record item) => RecordIdentity.Of(in item);
}
